import { expect, test } from "vitest";
import { softmaxShares } from "./softmax.ts";

test("each clip's shares add up to 1 and keep the order of its cosines", () => {
  const shares = softmaxShares(Float32Array.of(0.1, 0.3, 0.2, -0.5, 0, 0.5), 3, 0.1);
  for (const from of [0, 3]) {
    const row = shares.subarray(from, from + 3);
    expect(row[0]! + row[1]! + row[2]!).toBeCloseTo(1, 6);
  }
  expect(shares[1]!).toBeGreaterThan(shares[2]!);
  expect(shares[1]! / shares[2]!).toBeCloseTo(Math.E, 4);
});

test("a low temperature gives all to the best, without overflow", () => {
  const shares = softmaxShares(Float32Array.of(0.99, -0.99), 2, 0.001);
  expect([...shares]).toEqual([1, 0]);
});

test("a high temperature levels them out", () => {
  const [first, second] = softmaxShares(Float32Array.of(0.9, -0.9), 2, 1000);
  expect(first).toBeCloseTo(second!, 2);
});
