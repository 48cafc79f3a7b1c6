import type { LossFigure } from "../contractLoss.ts";
import { countOf, formatFixed } from "../scale/numbers.ts";

/** What title and reading are made of: of the figure, or of what a person has set in it. */
export interface LossNumbers
  extends Pick<
    LossFigure,
    "form" | "temperature" | "nPairs" | "batchSize" | "loss" | "collapseLoss"
  > {
  /** Clips whose own text is nearest. */
  readonly nFirst: number;
  readonly nFalseNegatives: number;
  /** Of a training: which step is shown. */
  readonly step: number | null;
  readonly dim: number | null;
  readonly gap: number | null;
}

/** Title and reading line, the same in the PNG and after a slider was moved. */
export function describeLoss(numbers: LossNumbers): Pick<LossFigure, "title" | "reading"> {
  const { form, temperature, batchSize, nPairs, loss, collapseLoss, step, dim, gap } = numbers;
  const of = nPairs > batchSize ? ` of ${nPairs}` : "";
  const pairs = `${batchSize}${of} ${batchSize === 1 ? "pair" : "pairs"}, temperature ${temperature.toPrecision(2)}`;
  const what =
    step === null
      ? "Contrastive loss"
      : `Heads onto ${dim === 3 ? "a sphere" : `${dim} numbers`} after ${countOf(step, "step")}`;
  const parts = [
    `loss ${formatFixed(loss, 2)} nats, everything on one point ${formatFixed(collapseLoss, 2)}`,
    `own text nearest for ${numbers.nFirst} of ${countOf(batchSize, "clip")}`,
    gap !== null && `gap between audio and text ${formatFixed(gap, 2)}`,
    numbers.nFalseNegatives > 0 && countOf(numbers.nFalseNegatives, "false negative"),
  ];
  return { title: `${what} (${form}) · ${pairs}`, reading: parts.filter(Boolean).join("; ") };
}
