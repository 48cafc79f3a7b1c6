// The JSON of the family "loss", and the arithmetic that a page needs to move its temperature and batch size.
import type { LossForm } from "../evaluation/loss/criticLoss.ts";
import type { FigureBase, Items } from "./contract.ts";

export {
  collapseLoss,
  criticLoss,
  fewestPairs,
  LOSS_FORMS,
  type LossForm,
  softmaxOf,
} from "../evaluation/loss/criticLoss.ts";
export { describeLoss, type LossNumbers } from "./loss/describe.ts";
export { nFirstOf } from "./loss/nFirst.ts";
export { type Orientation, startOrientation, turned } from "./loss/sphere.ts";

/** Names a batch or a training to the engine that showed it. */
export type LossId = string;

/** Two pairs, i < j, that the loss pushes apart although their texts mean the same. */
export interface FalseNegativePair {
  readonly i: number;
  readonly j: number;
  /** Word for word. */
  readonly sameText: boolean;
  /** Of the two texts. */
  readonly cosine: number;
}

export interface SnapshotNumbers {
  readonly step: number;
  readonly temperature: number;
  /** Of the shown pairs as one batch. */
  readonly loss: number;
  /** Distance between the means of the two modalities. */
  readonly gap: number;
  /** Mean squared distance within pairs. */
  readonly alignment: number;
  /** log mean exp(−2 d²) of audio and of text. */
  readonly uniformity: readonly [number, number];
  /** Share of clips whose own text is nearest. */
  readonly accuracy: number;
}

export interface TrainingCourse {
  /** Numbers a point. */
  readonly dim: number;
  readonly nSteps: number;
  readonly learningRate: number;
  readonly learnsTemperature: boolean;
  /** float16: means of the batches' losses over `stepsPerLoss` steps each. */
  readonly losses: string;
  readonly stepsPerLoss: number;
  /** Numbers of steps after which everything was set on one point. */
  readonly collapsedAt: readonly number[];
  /** From before the first step to the last. */
  readonly snapshots: readonly SnapshotNumbers[];
  /** float16 `[snapshots, 2 (audio, text), pairs, 3]`; null where points are no places on a sphere. */
  readonly points: string | null;
}

export interface LossFigure extends FigureBase<"loss"> {
  /** Null where no engine will know it. */
  readonly id: LossId | null;
  readonly form: LossForm;
  readonly temperature: number;
  /** Pairs there are to draw a batch from. */
  readonly nPairs: number;
  /** Pairs in the figure; row i of audio belongs to text i. */
  readonly batchSize: number;
  readonly audio: Items;
  readonly text: Items;
  /** float16 `[batchSize, batchSize]`, rows are audio; of a training: after the last step. */
  readonly cosines: string;
  /** Mean over pairs, in nats. */
  readonly loss: number;
  /** The same with everything on one point. */
  readonly collapseLoss: number;
  readonly sameAbove: number;
  /** Of many the first 500. */
  readonly falseNegatives: readonly FalseNegativePair[];
  readonly training: TrainingCourse | null;
}
