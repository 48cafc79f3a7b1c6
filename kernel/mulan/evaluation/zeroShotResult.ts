import { shorten } from "../embedding/describeEmbeddings.ts";
import type { Embeddings } from "../embedding/embeddings.ts";
import type { EmbeddingSource } from "../embedding/source.ts";
import { type Failure, MulanError } from "../foundation/errors.ts";
import type { TwoTowers } from "./twoTowers.ts";

export interface LabelScore {
  readonly label: string;
  /** Cosine, −1 to 1: a place in a ranking, no probability. */
  readonly score: number;
}

const SHOWN_CLIPS = 20;
const SHOWN_LABELS = 3;

/** How well each label's text fits each clip. */
export class ZeroShot {
  readonly kind = "zeroshot";
  /** `[nClips]` labels of the clips. */
  readonly clips: readonly string[];
  readonly labels: readonly string[];
  /** The templates that the labels were said in. */
  readonly prompts: readonly string[];
  /** `[nClips, nLabels]` cosines, row-major. */
  readonly scores: Float32Array;
  /** The model's τ. */
  readonly temperature: number;
  /** False where the model's files do not say the τ that it learned: ranks hold, `probabilities()` are as if. */
  readonly temperatureIsLearned: boolean;
  readonly modelId: string;
  readonly sources: readonly EmbeddingSource[];
  /** Clips that could not be embedded. */
  readonly failures: readonly Failure[];

  constructor(
    clips: Embeddings,
    labels: readonly string[],
    prompts: readonly string[],
    scores: Float32Array,
    { id, manifest }: Pick<TwoTowers, "id" | "manifest">,
  ) {
    this.clips = clips.labels;
    this.labels = Object.freeze([...labels]);
    this.prompts = prompts;
    this.scores = scores;
    this.temperature = manifest.temperature;
    this.temperatureIsLearned = isLearned(manifest);
    this.modelId = id;
    this.sources = clips.sources;
    this.failures = clips.failures;
  }

  /** All labels for one clip (by index or label), best first; ties in the order of the list. @throws MulanError `zero-shot.no-clip` */
  ranking(clip: number | string): LabelScore[] {
    const row = this.#row(clip, this.scores);
    return this.labels
      .map((label, j) => ({ label, score: row[j]! }))
      .sort((a, b) => b.score - a.score);
  }

  /**
   * softmax(cosine / τ) over the labels of each clip, `[nClips, nLabels]`: shares of 1 among these labels
   * only, whether one of them fits or none does. Where `temperatureIsLearned` is false they say how the labels are
   * ordered, not by how much the model prefers one.
   * @param temperature τ, by default the model's
   */
  probabilities(temperature = this.temperature): Float32Array {
    const shares = new Float32Array(this.scores.length);
    for (let clip = 0; clip < this.clips.length; clip++) {
      const row = this.#row(clip, this.scores);
      const best = row.reduce((max, score) => Math.max(max, score), -1);
      const weights = Array.from(row, (score) => Math.exp((score - best) / temperature));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      shares.set(
        weights.map((weight) => weight / total),
        clip * this.labels.length,
      );
    }
    return shares;
  }

  toString(): string {
    return describeZeroShot(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeZeroShot(this);
  }

  #row(clip: number | string, values: Float32Array): Float32Array {
    const index = typeof clip === "string" ? this.clips.indexOf(clip) : clip;
    if (!Number.isInteger(index) || index < 0 || index >= this.clips.length) {
      throw new MulanError("zero-shot.no-clip", `there is no clip ${JSON.stringify(clip)}`, {
        expected: `an index below ${this.clips.length}, or a clip's label`,
      });
    }
    return values.subarray(index * this.labels.length, (index + 1) * this.labels.length);
  }
}

function isLearned({ temperatureOrigin }: TwoTowers["manifest"]): boolean {
  return temperatureOrigin === undefined || temperatureOrigin === "measured";
}

function describeZeroShot(result: ZeroShot): string {
  const { clips, labels, prompts, modelId, failures } = result;
  const said = prompts.map((prompt) => `"${prompt}"`).join(", ");
  const lines = [
    `Zero-shot: ${clips.length} clips × ${labels.length} labels (cosine, ${modelId}, prompts ${said})`,
  ];
  for (const [i, clip] of clips.slice(0, SHOWN_CLIPS).entries()) {
    const best = result.ranking(i).slice(0, SHOWN_LABELS);
    const scores = best.map(({ label, score }) => `${shorten(label)} ${score.toFixed(3)}`);
    lines.push(`  ${shorten(clip)}: ${scores.join(", ")}`);
  }
  if (clips.length > SHOWN_CLIPS) lines.push(`  … and ${clips.length - SHOWN_CLIPS} more clips`);
  for (const { error } of failures) lines.push(`  failed: ${error.message}`);
  return lines.join("\n");
}
