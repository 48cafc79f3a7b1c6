/** Some columns of a row-major matrix, in the order asked for: `[n, columns]`. The matrix itself where they are all of it. */
export function pickColumns<Numbers extends Float32Array | Uint8Array>(
  matrix: Numbers,
  nColumns: number,
  columns: readonly number[],
): Numbers {
  if (columns.length === nColumns && columns.every((column, i) => column === i)) return matrix;
  const nRows = matrix.length / nColumns;
  const width = columns.length;
  const picked = new (matrix.constructor as new (length: number) => Numbers)(nRows * width);
  for (let row = 0; row < nRows; row++) {
    for (let to = 0; to < width; to++) {
      picked[row * width + to] = matrix[row * nColumns + columns[to]!]!;
    }
  }
  return picked;
}
