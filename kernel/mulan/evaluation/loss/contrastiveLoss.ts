import { dotProducts } from "../../embedding/dotProducts.ts";
import { sampleIndices, seededRandom } from "../../embedding/projection/random.ts";
import { MulanError } from "../../foundation/errors.ts";
import { collapseLoss, criticLoss, fewestPairs, type LossForm, softmaxOf } from "./criticLoss.ts";
import { falseNegatives, SAME_ABOVE } from "./falseNegatives.ts";
import { ContrastiveLoss } from "./lossResult.ts";
import { asPairs, checkTemperature, type PairSide } from "./pairs.ts";

export interface LossOptions {
  /** τ. Default 0.07, where CLIP began; a model's own is `model.manifest.temperature`. */
  readonly temperature?: number;
  /** Default "mulan". */
  readonly form?: LossForm;
  /** Pairs that compete with each other, drawn by `seed` where there are more. Default: all, up to 512. */
  readonly batchSize?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Texts of two pairs with a cosine above it mean the same: their cross terms are false negatives. Default 0.9. */
  readonly sameAbove?: number;
}

export const DEFAULT_TEMPERATURE = 0.07;
const MOST_PAIRS = 512;

/**
 * The loss that MuLan learns by, taken apart for one batch of pairs: all cosines, what each row and column makes
 * of them, each pair's share, and which "wrong" pairs are right after all.
 * @param audio `[n, dim]`; row i belongs to row i of `text`
 * @param text `[n, dim]`, of the same space
 * @throws MulanError `loss.pairs`, `loss.form`, `loss.temperature`, `loss.batch-size`,
 * `embeddings.dim-mismatch`, `embeddings.model-mismatch`
 */
export function contrastiveLoss(
  audio: PairSide,
  text: PairSide,
  options: LossOptions = {},
): ContrastiveLoss {
  const { temperature = DEFAULT_TEMPERATURE, form = "mulan", seed = 0 } = options;
  const pairs = asPairs(audio, text, form, true);
  checkTemperature(temperature);
  const nPairs = pairs.audio.n;
  const size = options.batchSize ?? Math.min(nPairs, MOST_PAIRS);
  checkBatchSize(size, nPairs, form);
  const drawn = sampleIndices(nPairs, size, seededRandom(seed));
  const [a, t] = [pairs.audio.select([...drawn]), pairs.text.select([...drawn])];
  const cosines = dotProducts(a.data, t.data, a.dim);
  const logits = Float64Array.from(cosines, (cosine) => cosine / temperature);
  const { loss, perPair } = criticLoss(logits, size, form);
  return new ContrastiveLoss({
    form,
    temperature,
    nPairs,
    seed,
    loss,
    collapseLoss: collapseLoss(size, form),
    cosines,
    rowSoftmax: softmaxOf(logits, size, "rows"),
    columnSoftmax: softmaxOf(logits, size, "columns"),
    perPair: Float32Array.from(perPair),
    sameAbove: options.sameAbove ?? SAME_ABOVE,
    falseNegatives: falseNegatives(t, options.sameAbove ?? SAME_ABOVE),
    audioLabels: a.labels,
    textLabels: t.labels,
    audioSources: a.sources,
    textSources: t.sources,
    modelId: a.modelId || t.modelId,
    pairs,
  });
}

function checkBatchSize(size: number, nPairs: number, form: LossForm): void {
  if (Number.isInteger(size) && size >= fewestPairs(form) && size <= nPairs) return;
  throw new MulanError("loss.batch-size", "this is no batch of these pairs", {
    expected: `an integer from ${fewestPairs(form)} to ${nPairs}`,
    got: String(size),
  });
}
