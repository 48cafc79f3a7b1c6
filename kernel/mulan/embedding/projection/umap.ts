import { fuzzyGraph, membershipStrengths } from "./fuzzyGraph.ts";
import { epochsFor, optimiseLayout } from "./layout.ts";
import { membershipCurve } from "./membershipCurve.ts";
import { nearestTable } from "./nearestTable.ts";
import { principalComponents } from "./principalComponents.ts";
import { sampleIndices, seededRandom } from "./random.ts";

/** Up to here every row takes part in the fit. */
export const MAX_FITTED = 10_000;
const INITIAL_SPAN = 10;
const INITIAL_NOISE = 1e-4;
/** Shares of the progress bar. */
const NEIGHBOURS_SHARE = 0.2;
const LAYOUT_SHARE = 0.7;

export interface UmapSettings {
  readonly seed: number;
  /** How many neighbours of a row count, the row itself among them. */
  readonly nNeighbors: number;
  /** How close points may come in the picture. */
  readonly minDist: number;
  /** Rows that take part in the fit; the others are placed after it. Default 10,000. */
  readonly maxFitted?: number;
}

/**
 * UMAP of unit rows `[n, dim]` by cosine distance: `[n, 2]`. Begins at the principal components. Above 10,000
 * rows a seeded sample of 10,000 is fitted; each other row is placed at the mean of its nearest sampled rows,
 * weighted by membership.
 */
export function umap(
  data: Float32Array,
  dim: number,
  settings: UmapSettings,
  onProgress: (share: number) => void = () => {},
): Float32Array {
  const n = data.length / dim;
  const random = seededRandom(settings.seed);
  const { maxFitted = MAX_FITTED } = settings;
  if (n <= maxFitted) return fitAll(data, dim, settings, random, onProgress);
  const sampled = sampleIndices(n, maxFitted, random);
  const sample = new Float32Array(maxFitted * dim);
  sampled.forEach((row, i) => {
    sample.set(data.subarray(row * dim, (row + 1) * dim), i * dim);
  });
  const fitted = fitAll(sample, dim, settings, random, onProgress);
  const points = placeByNeighbours(data, sample, dim, fitted, settings.nNeighbors, (share) =>
    onProgress(NEIGHBOURS_SHARE + LAYOUT_SHARE + share * (1 - NEIGHBOURS_SHARE - LAYOUT_SHARE)),
  );
  sampled.forEach((row, i) => {
    points.set(fitted.subarray(i * 2, i * 2 + 2), row * 2);
  });
  return points;
}

function fitAll(
  data: Float32Array,
  dim: number,
  { nNeighbors, minDist }: UmapSettings,
  random: () => number,
  onProgress: (share: number) => void,
): Float32Array {
  const n = data.length / dim;
  const table = nearestTable(data, data, dim, nNeighbors, (share) =>
    onProgress(share * NEIGHBOURS_SHARE),
  );
  const graph = fuzzyGraph(table);
  const points = spreadOut(principalComponents(data, dim).points, random);
  const nEpochs = epochsFor(n);
  optimiseLayout(points, graph, membershipCurve(minDist), nEpochs, random, (epoch) =>
    onProgress(NEIGHBOURS_SHARE + (LAYOUT_SHARE * epoch) / nEpochs),
  );
  return Float32Array.from(points);
}

/** Each axis to 0 … 10; a little noise parts rows that are equal. */
function spreadOut(points: Float32Array, random: () => number): Float64Array {
  const noisy = Float64Array.from(points, (value) => value + (random() - 0.5) * INITIAL_NOISE);
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  noisy.forEach((value, i) => {
    low[i & 1] = Math.min(low[i & 1]!, value);
    high[i & 1] = Math.max(high[i & 1]!, value);
  });
  return noisy.map(
    (value, i) => (INITIAL_SPAN * (value - low[i & 1]!)) / (high[i & 1]! - low[i & 1]!),
  );
}

function placeByNeighbours(
  data: Float32Array,
  sample: Float32Array,
  dim: number,
  fitted: Float32Array,
  k: number,
  onProgress: (share: number) => void,
): Float32Array {
  const table = nearestTable(data, sample, dim, k, onProgress);
  const strengths = membershipStrengths(table);
  const points = new Float32Array((data.length / dim) * 2);
  for (let row = 0; row < points.length / 2; row++) {
    let [x, y, total] = [0, 0, 0];
    for (let slot = row * k; slot < (row + 1) * k; slot++) {
      const weight = strengths[slot]!;
      const at = table.indices[slot]! * 2;
      x += weight * fitted[at]!;
      y += weight * fitted[at + 1]!;
      total += weight;
    }
    points[row * 2] = x / total;
    points[row * 2 + 1] = y / total;
  }
  return points;
}
