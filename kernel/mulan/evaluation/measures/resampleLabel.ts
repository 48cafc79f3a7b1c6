import type { RankedLabel } from "./rankedLabel.ts";

/**
 * How often each item was drawn in several resamples at once, packed into one float64 an item as the digits of
 * a number: one addition counts for all of them, exactly as long as no digit's sum reaches the base.
 */
export interface PackedDraws {
  /** `[n]`. */
  readonly packed: Float64Array;
  readonly base: number;
  readonly nResamples: number;
}

/** Digits of 17 or 26 bits, three or two of which stay exact in the 53 bits of a float64. */
export function packing(largestSum: number): { readonly base: number; readonly atOnce: number } {
  if (largestSum < 2 ** 17) return { base: 2 ** 17, atOnce: 3 };
  if (largestSum < 2 ** 26) return { base: 2 ** 26, atOnce: 2 };
  return { base: 2 ** 53, atOnce: 1 };
}

/**
 * ROC-AUC and average precision of a ranked label on each resample, without sorting again; NaN where a
 * resample has no positives or no negatives.
 * @returns `[nResamples]` each
 */
export function measureResampled(
  { order, positives, ties }: RankedLabel,
  { packed, base, nResamples }: PackedDraws,
): { rocAuc: Float64Array; averagePrecision: Float64Array } {
  const lost = new Float64Array(nResamples);
  const precision = new Float64Array(nResamples);
  const totals = new Float64Array(nResamples);
  const counts = new Float64Array(nResamples);
  const [aboveAll, aboveRight, endAll, endRight] = Array.from(
    { length: 4 },
    () => new Float64Array(nResamples),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  let all = 0;
  let right = 0;
  let at = 0;
  let positive = 0;
  for (let i = 0; i < ties.length; i += 3) {
    const [start, end, positivesEnd] = [ties[i]!, ties[i + 1]!, ties[i + 2]!];
    for (; at < start; at++) all += packed[order[at]!]!;
    unpack(all, base, aboveAll);
    unpack(right, base, aboveRight);
    for (; at < end; at++) all += packed[order[at]!]!;
    for (; positive < positivesEnd; positive++) right += packed[positives[positive]!]!;
    unpack(all, base, endAll);
    unpack(right, base, endRight);
    for (let r = 0; r < nResamples; r++) {
      const own = endRight[r]! - aboveRight[r]!;
      if (own === 0) continue;
      const negativesAbove = aboveAll[r]! - aboveRight[r]!;
      const negativesBeside = endAll[r]! - aboveAll[r]! - own;
      lost[r]! += own * (negativesAbove + negativesBeside / 2);
      precision[r]! += own * (endRight[r]! / endAll[r]!);
    }
  }
  for (; at < order.length; at++) all += packed[order[at]!]!;
  unpack(all, base, totals);
  unpack(right, base, counts);
  const both = counts.map((count, r) => count * (totals[r]! - count));
  return {
    rocAuc: lost.map((sum, r) => (both[r]! > 0 ? 1 - sum / both[r]! : Number.NaN)),
    averagePrecision: precision.map((sum, r) => (both[r]! > 0 ? sum / counts[r]! : Number.NaN)),
  };
}

function unpack(sum: number, base: number, into: Float64Array): void {
  let rest = sum;
  for (let r = 0; r < into.length; r++) {
    const above = Math.floor(rest / base);
    into[r] = rest - above * base;
    rest = above;
  }
}
