import { expect, test } from "vitest";
import { joinWindows } from "./joinWindows.ts";
import { normalizeRows, poolWindows } from "./pooling.ts";

const mean = "mean" as const;

test("windows are scaled to length 1 before their mean when the model has it so", () => {
  const raw = Float32Array.of(3, 0, 0, 1);
  const pooled = poolWindows(raw, 2, { windows: mean, normalizeWindows: true, normalize: true });
  expect([...pooled.windows]).toEqual([1, 0, 0, 1]);
  expect(pooled.clip[0]).toBeCloseTo(Math.SQRT1_2, 6);
});

test("a model that does not scale its windows lets a loud one weigh more", () => {
  const raw = Float32Array.of(3, 0, 0, 1);
  const pooled = poolWindows(raw, 2, { windows: mean, normalizeWindows: false, normalize: false });
  expect([...pooled.clip]).toEqual([1.5, 0.5]);
});

test.each([
  ["zeros", [0, 0], /zeros/],
  ["NaN", [Number.NaN, 1], /NaN or infinity/],
  ["infinity", [Number.POSITIVE_INFINITY, 1], /NaN or infinity/],
])("a row of %s is an error", (_, row, message) => {
  expect(() => normalizeRows(Float32Array.from(row), 2)).toThrow(message);
});

test("window times count from the start of the file", () => {
  const clip = {
    data: new Float32Array(4),
    startSec: Float32Array.of(0, 3),
    durationSec: Float32Array.of(3, 2),
  };
  const rows = joinWindows([
    { ...clip, clipStartSec: 0 },
    { ...clip, clipStartSec: 60 },
  ]);
  expect([...rows.startSec]).toEqual([0, 3, 60, 63]);
  expect([...rows.offsets]).toEqual([0, 2, 4]);
});
