import { identityOrder, type Matrix } from "../matrix.ts";

/** Columns by their value in one row, highest first; equal ones stay as they were, missing ones come last. */
export function columnsByRow({ nColumns, values }: Matrix, row: number): number[] {
  return byValue(identityOrder(nColumns), (j) => values[row * nColumns + j]!);
}

/** Rows by their value in one column. */
export function rowsByColumn({ nRows, nColumns, values }: Matrix, column: number): number[] {
  return byValue(identityOrder(nRows), (i) => values[i * nColumns + column]!);
}

function byValue(order: number[], valueAt: (index: number) => number): number[] {
  const rank = (index: number): number => {
    const value = valueAt(index);
    return Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY;
  };
  return order.sort((a, b) => rank(b) - rank(a) || a - b);
}
