import { measureRanked, type RankedLabel, rankLabel } from "./rankedLabel.ts";
import { checkShape, listKeys } from "./scores.ts";

/** 1 or true: the item has the label. */
export type Truth = ArrayLike<number | boolean>;

/**
 * Area under the ROC curve of one label: the chance that a positive scores above a negative, ties counting
 * half. Guessing gives 0.5.
 * @param scores `[n]`, higher is more likely
 * @param positive `[n]`
 * @returns null where there are no positives or no negatives
 * @throws MulanError `measures.nan`, `measures.shape`
 */
export function rocAuc(scores: ArrayLike<number>, positive: Truth): number | null {
  return measureRanked(rank(scores, positive)).rocAuc;
}

/**
 * Average precision of one label, Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores (no interpolation), as
 * scikit-learn's `average_precision_score`. Guessing gives the share of positives.
 * @param scores `[n]`, higher is more likely
 * @param positive `[n]`
 * @returns null where there are no positives (scikit-learn says 0, which lowers a mean unseen)
 * @throws MulanError `measures.nan`, `measures.shape`
 */
export function averagePrecision(scores: ArrayLike<number>, positive: Truth): number | null {
  return measureRanked(rank(scores, positive)).averagePrecision;
}

function rank(scores: ArrayLike<number>, positive: Truth): RankedLabel {
  checkShape("truths", positive.length, scores.length, "one for each score");
  return rankLabel(listKeys(scores), Uint8Array.from(positive, Number));
}
