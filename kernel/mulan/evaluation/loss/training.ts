import type { EmbeddingSource } from "../../embedding/source.ts";
import { withFields } from "../../foundation/withFields.ts";
import type { LossForm } from "./criticLoss.ts";
import type { HeadsState } from "./headTrainer.ts";
import type { Pairs } from "./pairs.ts";
import type { Snapshot } from "./snapshot.ts";

export interface TrainingData {
  readonly form: LossForm;
  /** Numbers a point: 3 lies on a sphere that can be drawn. */
  readonly dim: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly learnsTemperature: boolean;
  readonly seed: number;
  /** Loss of each step's batch, before the step: `[steps]`. */
  readonly losses: readonly number[];
  /** Temperature of each step: `[steps]`. */
  readonly temperatures: readonly number[];
  /** Numbers of steps after which everything was set on one point. */
  readonly collapsedAt: readonly number[];
  /** Loss of everything on one point, in a batch of this size. */
  readonly collapseLoss: number;
  /** Of the watched pairs, from before the first step to the last. */
  readonly snapshots: readonly Snapshot[];
  /** Rows of `pairs` that the snapshots show: one batch. */
  readonly watched: readonly number[];
  readonly pairs: Pairs;
  /** What going on needs. */
  readonly state: HeadsState;
}

/** Linear heads that were trained on frozen embeddings, step by step. */
export class Training extends withFields<TrainingData>() {
  readonly kind = "training";
  /** `[watched]`. */
  readonly audioLabels: readonly string[];
  readonly textLabels: readonly string[];
  readonly audioSources: readonly EmbeddingSource[];
  readonly textSources: readonly EmbeddingSource[];
  readonly modelId: string;

  constructor(data: TrainingData) {
    super(data);
    const { audio, text } = data.pairs;
    this.audioLabels = data.watched.map((row) => audio.labels[row]!);
    this.textLabels = data.watched.map((row) => text.labels[row]!);
    this.audioSources = data.watched.map((row) => audio.sources[row]);
    this.textSources = data.watched.map((row) => text.sources[row]);
    this.modelId = audio.modelId || text.modelId;
  }

  /** Where the watched pairs are now. */
  get last(): Snapshot {
    return this.snapshots.at(-1)!;
  }

  override toString(): string {
    return describeTraining(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeTraining(this);
  }
}

function describeTraining(training: Training): string {
  const { dim, form, batchSize, losses, snapshots, last, collapseLoss, watched } = training;
  const first = snapshots[0]!;
  const from = (before: number, after: number) => `${before.toFixed(3)} → ${after.toFixed(3)}`;
  return [
    `Heads onto ${dim} numbers: ${losses.length} steps of ${batchSize} of ${training.pairs.audio.n} pairs (${form}${training.modelId && `, ${training.modelId}`})`,
    `  loss ${from(first.loss, last.loss)} nats on ${watched.length} watched pairs; all on one point ${collapseLoss.toFixed(3)}`,
    `  gap between modalities ${from(first.gap, last.gap)}, distance within pairs ${from(first.alignment, last.alignment)}, temperature ${from(first.temperature, last.temperature)}`,
    `  own text nearest: ${Math.round(last.accuracy * watched.length)} of ${watched.length} clips`,
  ].join("\n");
}
