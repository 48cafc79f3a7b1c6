import { expect, test } from "vitest";
import { membershipCurve } from "./membershipCurve.ts";

/** By scipy.optimize.curve_fit on the same 300 distances. */
test.each([
  [0, 1.93280839734315, 0.7904949732233831],
  [0.1, 1.5769434602697652, 0.8950608778515733],
  [0.5, 0.5830300203414425, 1.3341669924314914],
  [0.99, 0.11930529992407873, 1.9163904168802517],
])("the curve for a least distance of %d is scipy's", (minDist, a, b) => {
  const curve = membershipCurve(minDist);
  expect(curve.a).toBeCloseTo(a, 5);
  expect(curve.b).toBeCloseTo(b, 5);
});
