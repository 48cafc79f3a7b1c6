import { softmaxOf } from "../../evaluation/loss/criticLoss.ts";
import type { ValueScale } from "../contract.ts";
import { decodeFloat16 } from "../contract.ts";
import type { LossFigure } from "../contractLoss.ts";
import { chooseScale } from "../similarity/valueScale.ts";

export interface Panel {
  readonly name: string;
  /** `[size, size]`. */
  readonly values: Float32Array;
  readonly scale: ValueScale;
}

/** Of a training, so that its pictures can be compared. */
const walking: ValueScale = { kind: "signed", min: -1, max: 1 };
const shares: ValueScale = { kind: "sequential", min: 0, max: 1 };

/** The matrix of a batch in three ways. */
export function panelsOf(figure: LossFigure): readonly [Panel, Panel, Panel] {
  const { cosines: stored, temperature, batchSize, training } = figure;
  const cosines = decodeFloat16(stored);
  const logits = Float64Array.from(cosines, (cosine) => cosine / temperature);
  return [
    {
      // h spans many powers of ten; its logarithm is the cosine up to a factor.
      name: "critic h = exp(cosine / τ), by its logarithm",
      values: cosines,
      scale: training ? walking : chooseScale(cosines),
    },
    {
      name: "each clip's share of texts (rows sum to 1)",
      values: softmaxOf(logits, batchSize, "rows"),
      scale: shares,
    },
    {
      name: "each text's share of clips (columns sum to 1)",
      values: softmaxOf(logits, batchSize, "columns"),
      scale: shares,
    },
  ];
}
