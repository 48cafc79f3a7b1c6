import { expect, test } from "vitest";
import { fillPlot, groupMiddles, nextPoint, toPx } from "./geometry.ts";
import { groupsOf, matching, maxGroups } from "./groups.ts";

const size = { width: 400, height: 200 };

test("points fill the plot without being stretched, and stay inside", () => {
  const plot = fillPlot(Float32Array.of(0, 0, 4, 0, 4, 1), size);
  const px = [0, 1, 2].map((i) => toPx(plot, i, size));
  expect(px[0]!.x).toBeCloseTo(24);
  expect(px[1]!.x).toBeCloseTo(376);
  expect((px[1]!.x - px[0]!.x) / (px[1]!.y - px[2]!.y)).toBeCloseTo(4);
});

test("one point lies in the middle", () => {
  expect(toPx(fillPlot(Float32Array.of(3, 3), size), 0, size)).toEqual({ x: 200, y: 100 });
});

test("an arrow goes to the nearest point on its side", () => {
  const plot = Float32Array.of(0, 0, 1, 0, 0.5, 0.4, 0, 1, -1, 0);
  expect(nextPoint(plot, 0, [1, 0])).toBe(1);
  expect(nextPoint(plot, 0, [0, 1])).toBe(3);
  expect(nextPoint(plot, 0, [-1, 0])).toBe(4);
  expect(nextPoint(plot, 0, [0, -1])).toBeUndefined();
});

test("labels that differ only by a number are one group", () => {
  const groups = groupsOf(["piano 1", "piano 2", "03-drums", "04-drums", "odd"])!;
  expect(groups.names).toEqual(["drums", "piano"]);
  expect([...groups.of]).toEqual([1, 1, 0, 0, 2]);
});

test("labels that are all different make no groups", () => {
  expect(groupsOf(["a", "b", "c", "c"])).toBeUndefined();
  expect(groupsOf(["same", "same"])).toBeUndefined();
});

test("only the largest groups have colours", () => {
  const labels = Array.from({ length: 60 }, (_, i) => `g${String.fromCharCode(97 + (i % 10))}`);
  const groups = groupsOf(labels)!;
  expect(groups.names).toHaveLength(maxGroups);
  expect(Math.max(...groups.of)).toBe(maxGroups);
});

test("finding ignores case", () => {
  expect([...matching(["Piano", "drums"], "PIA")]).toEqual([0, 1]);
});

test("a group's middle is not moved by a stray", () => {
  const plot = Float32Array.of(9, 9, 0, 0, 0.1, 0.1, 5, 5);
  expect(groupMiddles(plot, Uint8Array.of(0, 0, 0, 1), 1)).toEqual([2]);
});
