import { expect, test } from "vitest";
import { dot, dotOfRows } from "./dot.ts";

const rows = Float32Array.from({ length: 40 }, (_, i) => ((7 * i) % 11) - 5);

test.each([1, 3, 4, 7, 16])("rows of %i numbers give the plain sum, wherever they lie", (dim) => {
  let sum = 0;
  for (let i = 0; i < dim; i++) sum += rows[2 + i]! * rows[20 + i]!;
  expect(dot(rows, 2, rows, 20, dim)).toBe(sum);
  expect(dotOfRows(rows.subarray(2, 2 + dim), rows.subarray(20, 20 + dim))).toBe(sum);
});
