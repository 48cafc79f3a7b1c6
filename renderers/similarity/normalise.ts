import { type Matrix, transposed } from "./matrix.ts";

/** "row": how unusual each value is among its row's. A text that is near to every clip lights them all otherwise. */
export type Normalisation = "none" | "row" | "column";

/** z-scores (value − mean) / standard deviation along rows or columns; 0 where all values are equal. */
export function normalise(matrix: Matrix, by: Normalisation): Float32Array {
  if (by === "none") return matrix.values;
  if (by === "column") {
    const turned = transposed(matrix);
    return transposed({ ...turned, values: normalise(turned, "row") }).values;
  }
  const { nRows, nColumns, values } = matrix;
  const scores = new Float32Array(values.length);
  for (let i = 0; i < nRows; i++) {
    const row = values.subarray(i * nColumns, (i + 1) * nColumns);
    const finite = row.filter(Number.isFinite);
    const mean = finite.reduce((sum, value) => sum + value, 0) / (finite.length || 1);
    const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (finite.length || 1));
    const floor = 1e-6;
    for (let j = 0; j < nColumns; j++) {
      scores[i * nColumns + j] = deviation > floor ? (row[j]! - mean) / deviation : row[j]! * 0;
    }
  }
  return scores;
}
