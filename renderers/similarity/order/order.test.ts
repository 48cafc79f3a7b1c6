import { expect, test } from "vitest";
import { clusterOrder } from "./clusterOrder.ts";
import { columnsByRow, rowsByColumn } from "./sortBy.ts";

const matrix = (lines: number[][]) => ({
  nRows: lines.length,
  nColumns: lines[0]!.length,
  values: Float32Array.from(lines.flat()),
});

test("columns are sorted by a row, highest first and missing last", () => {
  expect(columnsByRow(matrix([[0.1, Number.NaN, 0.9, 0.1]]), 0)).toEqual([2, 0, 3, 1]);
});

test("rows are sorted by a column", () => {
  expect(rowsByColumn(matrix([[0.1], [0.3], [-0.2]]), 0)).toEqual([1, 0, 2]);
});

test("clustering puts rows of one kind beside each other, each row once", () => {
  const lines = [
    [1, 0, 0],
    [0, 1, 0],
    [0.9, 0.1, 0],
    [0.1, 0.9, 0],
    [0, 0, 1],
  ];
  const order = clusterOrder(matrix(lines));
  expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1);
  expect(Math.abs(order.indexOf(1) - order.indexOf(3))).toBe(1);
});

test("clustering survives constant rows, missing values, one row and none", () => {
  expect(
    clusterOrder(
      matrix([
        [1, 1],
        [Number.NaN, 1],
        [0, 0],
      ]),
    ),
  ).toHaveLength(3);
  expect(clusterOrder(matrix([[1, 2]]))).toEqual([0]);
  expect(clusterOrder({ nRows: 0, nColumns: 3, values: new Float32Array() })).toEqual([]);
});

test("clusters the largest figure that is kept whole", () => {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const values = Float32Array.from({ length: 512 * 512 }, random);
  expect(new Set(clusterOrder({ nRows: 512, nColumns: 512, values })).size).toBe(512);
});
