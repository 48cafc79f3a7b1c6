import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { principalComponents } from "./principalComponents.ts";

interface Golden {
  readonly dim: number;
  readonly rows: readonly number[];
  readonly points: readonly number[];
  readonly explained: readonly number[];
}

const goldens = JSON.parse(
  readFileSync(join(packageRoot, "test", "goldens", "embedding", "pca.json"), "utf8"),
) as Golden[];

test.each(goldens)("$dim numbers a row project as scikit-learn's PCA does", (golden) => {
  const { points, explained } = principalComponents(Float32Array.from(golden.rows), golden.dim);
  const errors = golden.points.map((value, i) => Math.abs(points[i]! - value));
  expect(Math.max(...errors)).toBeLessThan(2e-6);
  expect(explained[0]).toBeCloseTo(golden.explained[0]!, 6);
  expect(explained[1]).toBeCloseTo(golden.explained[1]!, 6);
});

test("many rows, in several chunks, find the direction that they were spread along", () => {
  const rows = Array.from({ length: 2500 }, (_, i) => [i / 2500, 0.25, (i % 2) / 100]);
  const { points, explained } = principalComponents(Float32Array.from(rows.flat()), 3);
  expect(explained[0]).toBeGreaterThan(0.99);
  expect(points[2499 * 2]! - points[0]!).toBeCloseTo(2499 / 2500, 3);
});

test.each([
  ["one row", [1, 0], [0, 0]],
  ["two equal rows", [0.6, 0.8, 0.6, 0.8], [0, 0, 0, 0]],
])("%s has no direction", (_, rows, expected) => {
  const { points } = principalComponents(Float32Array.from(rows), 2);
  expect([...points]).toEqual(expected);
});

test("two rows lie on a line", () => {
  const { points, explained } = principalComponents(Float32Array.of(1, 0, 0, 1), 2);
  expect(Math.abs(points[0]! - points[2]!)).toBeCloseTo(Math.SQRT2, 6);
  expect(explained).toEqual([1, 0]);
});
