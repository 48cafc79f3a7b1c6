import { MulanError } from "../../foundation/errors.ts";
import { type BinaryMeasures, measureRanked, type RankedLabel, rankLabel } from "./rankedLabel.ts";
import { checkShape, columnKeys } from "./scores.ts";

export interface LabelMeasure extends BinaryMeasures {
  readonly nPositive: number;
}

export interface LabelSummary {
  /** `[labels]`, in the matrix's order. */
  readonly perLabel: readonly LabelMeasure[];
  /** Plain means over the labels that have positives and negatives; null where no label has. */
  readonly macro: BinaryMeasures;
  /** Over all pairs of item and label as one list. */
  readonly micro: BinaryMeasures;
  /** Labels that the macro means go over. */
  readonly nLabels: number;
  /** Labels without positives or without negatives. */
  readonly nLeftOut: number;
}

/**
 * ROC-AUC and average precision of each label, their means over labels (macro) and of all pairs (micro).
 * @param scores `[n, nLabels]`, row-major
 * @param truth `[n, nLabels]` of 0 and 1
 * @throws MulanError `measures.nan` (naming row and column), `measures.shape`
 */
export function labelMeasures(
  scores: Float32Array,
  truth: Uint8Array,
  nLabels: number,
): LabelSummary {
  checkMatrices(scores, truth, nLabels);
  const perLabel = Array.from({ length: nLabels }, (_, label) => {
    const ranked = rankColumn(scores, truth, nLabels, label);
    return { nPositive: ranked.nPositive, ...measureRanked(ranked) };
  });
  const usable = perLabel.filter(({ rocAuc }) => rocAuc !== null);
  return {
    perLabel,
    macro: {
      rocAuc: mean(usable.map(({ rocAuc }) => rocAuc!)),
      averagePrecision: mean(usable.map((one) => one.averagePrecision!)),
    },
    micro: measureRanked(rankAllPairs(scores, truth)),
    nLabels: usable.length,
    nLeftOut: nLabels - usable.length,
  };
}

/** One label's items, ranked. */
export function rankColumn(
  scores: Float32Array,
  truth: Uint8Array,
  nLabels: number,
  label: number,
): RankedLabel {
  const column = new Uint8Array(truth.length / nLabels);
  for (let item = 0; item < column.length; item++) column[item] = truth[item * nLabels + label]!;
  return rankLabel(columnKeys(scores, label, nLabels), column);
}

/** Every pair of item and label as a candidate of one ranking. */
export function rankAllPairs(scores: Float32Array, truth: Uint8Array): RankedLabel {
  return rankLabel(columnKeys(scores), truth);
}

/** @throws MulanError `measures.shape` */
export function checkMatrices(scores: Float32Array, truth: Uint8Array, nLabels: number): void {
  if (!(Number.isInteger(nLabels) && nLabels > 0) || scores.length % nLabels !== 0) {
    throw new MulanError("measures.shape", "the scores do not divide into rows", {
      expected: "`nLabels`, the number of columns",
      got: `${scores.length} scores and ${nLabels} labels`,
    });
  }
  checkShape("truths", truth.length, scores.length, "one for each score");
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
