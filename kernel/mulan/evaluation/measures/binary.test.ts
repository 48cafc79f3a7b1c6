import { expect, test } from "vitest";
import { averagePrecision, rocAuc } from "./binary.ts";
import { goldens } from "./goldens.testkit.ts";

test.each(goldens.binary)("$name: as scikit-learn measures it", (golden) => {
  const scores = Float32Array.from(golden.scores);
  expect(rocAuc(scores, golden.truth)).toBeCloseTo(golden.rocAuc, 12);
  expect(averagePrecision(scores, golden.truth)).toBeCloseTo(golden.averagePrecision, 12);
  expect(rocAuc(golden.scores, golden.truth)).toBeCloseTo(golden.rocAuc, 12);
});

test("one class alone has no area, and no precision without positives", () => {
  expect(rocAuc([0.1, 0.2], [1, 1])).toBeNull();
  expect(rocAuc([0.1, 0.2], [false, false])).toBeNull();
  expect(averagePrecision([0.1, 0.2], [0, 0])).toBeNull();
  expect(averagePrecision([0.1, 0.2], [true, true])).toBe(1);
  expect(rocAuc([], [])).toBeNull();
});

test("plain numbers that float32 would round to a tie stay apart", () => {
  const scores = [1, 1 + 1e-12];
  expect(rocAuc(scores, [0, 1])).toBe(1);
  expect(rocAuc(Float32Array.from(scores), [0, 1])).toBe(0.5);
});

test.each([Number.NaN, Infinity, -Infinity])("%d is refused with its place", (odd) => {
  for (const scores of [
    [0, 0.5, odd],
    [0, 0.5, -1, odd],
  ]) {
    const truth = scores.map((_, i) => i % 2);
    const place = `score ${scores.length - 1} `;
    expect(() => rocAuc(scores, truth)).toThrow(place);
    expect(() => averagePrecision(Float32Array.from(scores), truth)).toThrow(place);
  }
});

test("as many truths as scores are wanted", () => {
  expect(() => rocAuc([1, 2, 3], [0, 1])).toThrow(
    expect.objectContaining({ code: "measures.shape" }),
  );
});
