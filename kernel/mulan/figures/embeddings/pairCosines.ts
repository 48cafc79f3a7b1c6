import type { EmbeddingsFigure } from "../contract.ts";

export const histogramBins = 40;
const maxPairs = 200_000;

/** Cosines of different rows of a matrix of unit rows `[n, dim]`; above 200,000 pairs a fixed sample of them. */
export function pairCosines(data: Float32Array, n: number, dim: number): EmbeddingsFigure["pairs"] {
  if (n < 2) return null;
  const all = (n * (n - 1)) / 2;
  const histogram = new Array<number>(histogramBins).fill(0);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  const add = (i: number, j: number): void => {
    let cosine = 0;
    for (let k = 0; k < dim; k++) cosine += data[i * dim + k]! * data[j * dim + k]!;
    min = Math.min(min, cosine);
    max = Math.max(max, cosine);
    sum += cosine;
    count++;
    const bin = Math.floor(((cosine + 1) / 2) * histogramBins);
    histogram[Math.max(0, Math.min(histogramBins - 1, bin))]!++;
  };
  if (all <= maxPairs) {
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) add(i, j);
  } else {
    // A linear congruential sequence (Numerical Recipes): the same sample every time.
    let state = 1;
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    while (count < maxPairs) {
      const i = next();
      const j = next();
      if (i !== j) add(i, j);
    }
  }
  return { min, mean: sum / count, max, histogram, n: count };
}
