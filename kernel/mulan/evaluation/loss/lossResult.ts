import { shorten } from "../../embedding/describeEmbeddings.ts";
import type { EmbeddingSource } from "../../embedding/source.ts";
import { withFields } from "../../foundation/withFields.ts";
import type { LossForm } from "./criticLoss.ts";
import type { Pairs } from "./pairs.ts";

/** Two pairs of a batch, i < j, that the loss pushes apart although their texts mean the same. */
export interface FalseNegative {
  readonly i: number;
  readonly j: number;
  /** Word for word. */
  readonly sameText: boolean;
  /** Of the two texts. */
  readonly cosine: number;
}

export interface LossData {
  readonly form: LossForm;
  readonly temperature: number;
  /** Pairs there were to draw from. */
  readonly nPairs: number;
  readonly seed: number;
  /** Mean over the batch's pairs, in nats. */
  readonly loss: number;
  /** What it is when all embeddings lie on one point: ln B (clip), ln(B − 1) (decoupled), ln(2(B − 1)) (mulan). */
  readonly collapseLoss: number;
  /** `[B, B]`: audio × text, row-major; pairs on the diagonal. */
  readonly cosines: Float32Array;
  /** `[B, B]`: the share that each clip gives each text; rows sum to 1. */
  readonly rowSoftmax: Float32Array;
  /** `[B, B]`: the share that each text gives each clip; columns sum to 1. */
  readonly columnSoftmax: Float32Array;
  /** `[B]`. */
  readonly perPair: Float32Array;
  readonly sameAbove: number;
  readonly falseNegatives: readonly FalseNegative[];
  readonly audioLabels: readonly string[];
  readonly textLabels: readonly string[];
  readonly audioSources: readonly EmbeddingSource[];
  readonly textSources: readonly EmbeddingSource[];
  readonly modelId: string;
  /** All of them, for another batch of them. */
  readonly pairs: Pairs;
}

const SHOWN_PAIRS = 5;

/** A batch's contrastive loss, taken apart. */
export class ContrastiveLoss extends withFields<LossData>() {
  readonly kind = "loss";
  readonly batchSize: number;

  constructor(data: LossData) {
    super(data);
    this.batchSize = data.perPair.length;
  }

  /** `[B, B]`: h = exp(cosine / τ), MuLan's critic. */
  critic(): Float64Array {
    return Float64Array.from(this.cosines, (cosine) => Math.exp(cosine / this.temperature));
  }

  override toString(): string {
    return describeLoss(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeLoss(this);
  }
}

function describeLoss(result: ContrastiveLoss): string {
  const { form, loss, collapseLoss, batchSize, temperature, perPair, falseNegatives } = result;
  const lines = [
    `Contrastive loss (${form}): ${loss.toFixed(3)} nats, all on one point ${collapseLoss.toFixed(3)} (${batchSize} pairs, temperature ${temperature}${result.modelId && `, ${result.modelId}`})`,
  ];
  const hardest = Array.from(perPair, (value, i) => ({ value, i }))
    .sort((a, b) => b.value - a.value)
    .slice(0, SHOWN_PAIRS);
  for (const { value, i } of hardest) {
    const names = `${shorten(result.audioLabels[i]!)} ↔ ${shorten(result.textLabels[i]!)}`;
    lines.push(`  ${value.toFixed(3).padStart(7)}  ${names}`);
  }
  if (batchSize > SHOWN_PAIRS) lines.push(`  … and ${batchSize - SHOWN_PAIRS} easier pairs`);
  if (falseNegatives.length > 0) {
    const of = `text–text cosine above ${result.sameAbove}, or the same words`;
    lines.push(`  false negatives: ${falseNegatives.length} (${of})`);
  }
  return lines.join("\n");
}
