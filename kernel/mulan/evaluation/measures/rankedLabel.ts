import { sortKeys } from "./descendingOrder.ts";

/**
 * One label's items in the order of their scores, sorted once. All that ROC-AUC and average precision need
 * besides is where the positives are: they are few, and resampling visits only them one by one.
 */
export interface RankedLabel {
  /** Items, best score first. */
  readonly order: Uint32Array;
  readonly nPositive: number;
  /** The positives, in that order. */
  readonly positives: Uint32Array;
  /**
   * Items of equal score among which is a positive, three numbers each: where they begin and end in `order`,
   * and where their positives end in `positives`.
   */
  readonly ties: Uint32Array;
}

/**
 * @param keys `[n]`, equal for equal scores, smaller for better ones; they come back sorted
 * @param truth `[n]`, 0 where an item has not the label
 */
export function rankLabel(keys: Uint32Array, truth: Uint8Array): RankedLabel {
  const order = sortKeys(keys);
  const n = order.length;
  const positives: number[] = [];
  const ties: number[] = [];
  let start = 0;
  let seen = 0;
  for (let i = 0; i < n; i++) {
    if (truth[order[i]!] !== 0) positives.push(order[i]!);
    if (i + 1 < n && keys[i + 1] === keys[i]) continue;
    if (positives.length > seen) ties.push(start, i + 1, positives.length);
    seen = positives.length;
    start = i + 1;
  }
  return {
    order,
    nPositive: positives.length,
    positives: Uint32Array.from(positives),
    ties: Uint32Array.from(ties),
  };
}

export interface BinaryMeasures {
  /** 0 to 1; null without positives or without negatives. */
  readonly rocAuc: number | null;
  /** 0 to 1; null without positives. */
  readonly averagePrecision: number | null;
}

/**
 * ROC-AUC counts, over all pairs of a positive and a negative, how often the positive has the better score;
 * a tie is half a win. Average precision is Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores, as scikit-learn's.
 */
export function measureRanked({ order, nPositive, ties }: RankedLabel): BinaryMeasures {
  const nNegative = order.length - nPositive;
  let lost = 0;
  let precision = 0;
  let before = 0;
  for (let i = 0; i < ties.length; i += 3) {
    const [start, end, positivesEnd] = [ties[i]!, ties[i + 1]!, ties[i + 2]!];
    const own = positivesEnd - before;
    const negativesAbove = start - before;
    const negativesBeside = end - start - own;
    lost += own * (negativesAbove + negativesBeside / 2);
    precision += own * (positivesEnd / end);
    before = positivesEnd;
  }
  return {
    rocAuc: nPositive > 0 && nNegative > 0 ? 1 - lost / (nPositive * nNegative) : null,
    averagePrecision: nPositive > 0 ? precision / nPositive : null,
  };
}
