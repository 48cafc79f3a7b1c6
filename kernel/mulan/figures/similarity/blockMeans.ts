/** Means of `[rows, columns]` blocks of a matrix; what is not finite is left out. */
export function blockMeans(
  values: Float32Array,
  nRows: number,
  nColumns: number,
  [blockRows, blockColumns]: readonly [number, number],
): Float32Array {
  const height = Math.ceil(nRows / blockRows);
  const width = Math.ceil(nColumns / blockColumns);
  const sums = new Float64Array(height * width);
  const counts = new Uint32Array(height * width);
  for (let i = 0; i < nRows; i++) {
    const row = Math.floor(i / blockRows) * width;
    for (let j = 0; j < nColumns; j++) {
      const value = values[i * nColumns + j]!;
      if (!Number.isFinite(value)) continue;
      const at = row + Math.floor(j / blockColumns);
      sums[at]! += value;
      counts[at]!++;
    }
  }
  return Float32Array.from(sums, (sum, at) => (counts[at]! > 0 ? sum / counts[at]! : Number.NaN));
}
