import { dotBlocks } from "../dotProducts.ts";
import { WorstFirst } from "../nearest.ts";

/** The `k` nearest rows of each query, nearest first. */
export interface NearestTable {
  readonly k: number;
  /** `[nQueries, k]` */
  readonly indices: Int32Array;
  /** `[nQueries, k]`: 1 − cosine. */
  readonly distances: Float32Array;
}

/** What float32 makes of a distance of 0. */
const ROUNDING = 1e-6;

/**
 * Exact, by blocks of the full product: 10,000 × 10,000 of 128 numbers take seconds, and an approximate
 * search in plain JavaScript takes longer.
 * @param onProgress called with the share that is done
 */
export function nearestTable(
  queries: Float32Array,
  data: Float32Array,
  dim: number,
  k: number,
  onProgress: (share: number) => void = () => {},
): NearestTable {
  const nQueries = queries.length / dim;
  const n = data.length / dim;
  const indices = new Int32Array(nQueries * k);
  const distances = new Float32Array(nQueries * k);
  for (const { rowFrom, rowTo, values, stride } of dotBlocks(queries, data, dim)) {
    for (let row = rowFrom; row < rowTo; row++) {
      const best = new WorstFirst(k);
      const from = (row - rowFrom) * stride;
      for (let j = 0; j < n; j++) best.offer(j, values[from + j]!);
      best.sorted().forEach(({ index, cosine }, place) => {
        indices[row * k + place] = index;
        distances[row * k + place] = 1 - cosine < ROUNDING ? 0 : 1 - cosine;
      });
    }
    onProgress(rowTo / nQueries);
  }
  return { k, indices, distances };
}
