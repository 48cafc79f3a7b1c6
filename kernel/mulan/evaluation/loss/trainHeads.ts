import { sampleIndices, seededRandom } from "../../embedding/projection/random.ts";
import { ambientSignal, type Progress, reportProgress } from "../../foundation/ambient.ts";
import { MulanError } from "../../foundation/errors.ts";
import { collapseLoss, fewestPairs, type LossForm } from "./criticLoss.ts";
import type { HeadBatch } from "./heads.ts";
import { collapsedHeads, copyState, startHeads, stepHeads } from "./headTrainer.ts";
import { asPairs, checkTemperature, type PairSide } from "./pairs.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import { Training, type TrainingData } from "./training.ts";

export interface TrainingStep {
  /** Counted from 1, through all continuations. */
  readonly step: number;
  /** Of this step's batch, before the step. */
  readonly loss: number;
  readonly temperature: number;
  /** Now and then: where the watched pairs are after the step. */
  readonly snapshot?: Snapshot;
}

export interface TrainingWork {
  /** Default 200. */
  readonly steps?: number;
  /** Heard between steps; what it throws ends the training. */
  readonly onStep?: ((step: TrainingStep) => void) | undefined;
  /** By default the running cell's. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface TrainHeadsOptions extends TrainingWork {
  /** Numbers a point. Default 3: points on a sphere. */
  readonly dim?: number;
  /** Pairs a step. Default: all, up to 32. */
  readonly batchSize?: number;
  /** Of Adam. Default 0.02. */
  readonly learningRate?: number;
  /** τ to begin with. Default 0.2. */
  readonly temperature?: number;
  /** Let the training change τ (not below 0.01). Default true. */
  readonly learnTemperature?: boolean;
  /** Default "mulan". */
  readonly form?: LossForm;
  /** Of the heads and the batches. Default 0. */
  readonly seed?: number;
}

const STEPS = 200;
const SNAPSHOTS = 40;
const MOST_PAIRS = 32;
/** How long the event loop may wait: a live curve is drawn in between. */
const TURN_MS = 25;

/**
 * Trains two linear heads, one for audio and one for text, on embeddings that stay as they are, so that pairs
 * come together on a small sphere: how MuLan learns, in seconds. The sides may be of different models. Same
 * seed, same training.
 * @param audio `[n, dimA]`; row i belongs to row i of `text`
 * @param text `[n, dimT]`
 * @throws MulanError `loss.pairs`, `loss.form`, `loss.temperature`, `loss.batch-size`, `training.options`; the
 * signal's reason
 */
export async function trainHeads(
  audio: PairSide,
  text: PairSide,
  options: TrainHeadsOptions = {},
): Promise<Training> {
  const { dim = 3, form = "mulan", seed = 0, temperature = 0.2, learningRate = 0.02 } = options;
  const pairs = asPairs(audio, text, form, false);
  checkTemperature(temperature);
  checkCount("dim", dim, 2, 1024);
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw new MulanError("training.options", "the learning rate is no step length", {
      expected: "a number above 0, such as 0.02",
      got: String(learningRate),
    });
  }
  const { n } = pairs.audio;
  const batchSize = options.batchSize ?? Math.min(n, MOST_PAIRS);
  checkCount("batchSize", batchSize, fewestPairs(form), n);
  const watched = [...sampleIndices(n, batchSize, seededRandom(seed))];
  const state = startHeads(dim, pairs.audio.dim, pairs.text.dim, temperature, seed);
  const begun: TrainingData = {
    form,
    dim,
    batchSize,
    learningRate,
    learnsTemperature: options.learnTemperature ?? true,
    seed,
    losses: [],
    temperatures: [],
    collapsedAt: [],
    collapseLoss: collapseLoss(batchSize, form),
    snapshots: [takeSnapshot(state.heads, batchOf(pairs, watched), form, 0)],
    watched,
    pairs,
    state,
  };
  return continueTraining(new Training(begun), options);
}

/**
 * More steps of a training, as a new one: as if it had never stopped.
 * @throws MulanError `training.options`; the signal's reason
 */
export async function continueTraining(
  training: Training,
  { steps = STEPS, onStep, signal, onProgress }: TrainingWork = {},
): Promise<Training> {
  checkCount("steps", steps, 1, 1_000_000);
  const obeyed = signal ?? ambientSignal();
  const tell = onProgress ?? reportProgress;
  const { form, pairs, batchSize } = training;
  const n = pairs.audio.n;
  const losses = [...training.losses];
  const temperatures = [...training.temperatures];
  const snapshots = [...training.snapshots];
  const every = Math.max(1, Math.round(steps / SNAPSHOTS));
  let state = copyState(training.state);
  let turnBegan = performance.now();
  obeyed?.throwIfAborted();
  for (let done = 1; done <= steps; done++) {
    const step = losses.length + 1;
    const temperature = Math.exp(-state.heads.logScale[0]!);
    const rows = sampleIndices(n, batchSize, seededRandom(seedOf(training.seed, step)));
    const stepped = stepHeads(state, batchOf(pairs, rows), training);
    state = stepped.state;
    losses.push(stepped.loss);
    temperatures.push(temperature);
    const watch = done === steps || done % every === 0;
    const snapshot = watch
      ? takeSnapshot(state.heads, batchOf(pairs, training.watched), form, step)
      : undefined;
    if (snapshot) snapshots.push(snapshot);
    onStep?.({ step, loss: stepped.loss, temperature, ...(snapshot && { snapshot }) });
    if (performance.now() - turnBegan < TURN_MS) continue;
    tell({ label: "training heads", done, total: steps });
    await new Promise((resolve) => setImmediate(resolve));
    obeyed?.throwIfAborted();
    turnBegan = performance.now();
  }
  return new Training({ ...training, losses, temperatures, snapshots, state });
}

/**
 * The training with both heads set so that everything lies on one point: the loss is `collapseLoss` there, and
 * its slope is zero, so going on does not lead away.
 */
export function collapseTraining(training: Training): Training {
  const { form, pairs, watched, losses, collapsedAt, snapshots } = training;
  const state = collapsedHeads(training.state.heads);
  const snapshot = takeSnapshot(state.heads, batchOf(pairs, watched), form, losses.length);
  return new Training({
    ...training,
    state,
    collapsedAt: [...collapsedAt, losses.length],
    snapshots: [...snapshots, snapshot],
  });
}

function batchOf(pairs: Training["pairs"], rows: ArrayLike<number>): HeadBatch {
  return { audio: pairs.audio.data, text: pairs.text.data, rows };
}

/** Each step draws for itself, so that a continued training draws what an uninterrupted one would. */
function seedOf(seed: number, step: number): number {
  return Math.imul(seed + 1, 0x9e3779b1) + step;
}

function checkCount(name: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new MulanError("training.options", `${name} is out of range`, {
    expected: `an integer from ${from} to ${to}`,
    got: String(value),
  });
}
