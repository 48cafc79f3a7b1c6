import { expect, test } from "vitest";
import { accuracy, tripletMeasures } from "./accuracy.ts";
import { goldens } from "./goldens.testkit.ts";

test("accuracy is scikit-learn's", () => {
  const { predicted, truth, accuracy: wanted } = goldens.classes;
  expect(accuracy(predicted, truth)).toBeCloseTo(wanted, 12);
  expect(accuracy(["jazz", "rock"], ["jazz", "folk"])).toBe(0.5);
});

test("a triplet's tie is wrong, and counted", () => {
  const measured = tripletMeasures([0.5, 0.25, 0.125, 1], [0.25, 0.5, 0.125, 0]);
  expect(measured).toMatchObject({ n: 4, accuracy: 0.5, nTies: 1, meanMargin: 0.25 });
  expect([...measured.margins]).toEqual([0.25, -0.25, 0, 1]);
});

test("a cosine that is no number and lists of two lengths are refused", () => {
  expect(() => tripletMeasures([0.5, Number.NaN], [0, 0])).toThrow("triplet 1");
  expect(() => tripletMeasures([0.5], [0, 0])).toThrow("cosines to negatives");
  expect(() => tripletMeasures([], [])).toThrow("nothing to count");
});
