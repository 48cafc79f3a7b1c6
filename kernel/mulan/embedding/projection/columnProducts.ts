import { dotProducts } from "../dotProducts.ts";

/** Rows whose products are summed in float32 before float64 takes over. */
const CHUNK_ROWS = 1024;

/** `[dim][dim]`: XᵀX of rows `[n, dim]`, chunk by chunk. */
export function columnProducts(rows: Float32Array, dim: number): Float64Array[] {
  const n = rows.length / dim;
  const sums = Array.from({ length: dim }, () => new Float64Array(dim));
  for (let from = 0; from < n; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, n - from);
    const columns = new Float32Array(dim * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < dim; j++) columns[j * count + i] = rows[(from + i) * dim + j]!;
    }
    const products = dotProducts(columns, columns, count);
    for (let j = 0; j < dim; j++) {
      const sum = sums[j]!;
      for (let k = 0; k < dim; k++) sum[k]! += products[j * dim + k]!;
    }
  }
  return sums;
}
