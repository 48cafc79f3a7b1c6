import { labelMeasures } from "../measures/labelMeasures.ts";
import type { LogisticModel } from "./fitLogistic.ts";

/**
 * Macro ROC-AUC over the labels that a probe could learn: the constant logit of the others ranks nothing, and its 0.5
 * would draw the mean towards chance.
 * @param logits `[n, nLabels]`, of `logitsOf`
 * @param truth `[n, nLabels]` of 0 and 1
 * @returns null where none of them has positives and negatives here
 */
export function learntRocAuc(
  logits: Float32Array,
  truth: Uint8Array,
  { nLabels, constantLabels }: Pick<LogisticModel, "nLabels" | "constantLabels">,
): number | null {
  const constant = new Set(constantLabels);
  const values = labelMeasures(logits, truth, nLabels).perLabel.flatMap(({ rocAuc }, label) =>
    rocAuc === null || constant.has(label) ? [] : [rocAuc],
  );
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}
