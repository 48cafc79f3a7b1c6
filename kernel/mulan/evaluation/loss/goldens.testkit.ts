import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../foundation/packageRoot.ts";
import type { LossForm } from "./criticLoss.ts";

/** What test/reference/contrastive_loss.py wrote. */
interface Goldens {
  readonly batches: readonly {
    readonly n: number;
    readonly dim: number;
    readonly temperature: number;
    readonly audio: readonly number[];
    readonly text: readonly number[];
    readonly losses: Readonly<
      Record<LossForm, { readonly loss: number; readonly gradient: readonly number[] }>
    >;
  }[];
  readonly trainings: readonly TrainingGolden[];
}

export interface TrainingGolden {
  readonly form: LossForm;
  readonly dim: number;
  readonly learnsTemperature: boolean;
  readonly temperature: number;
  readonly learningRate: number;
  readonly bias: number;
  readonly audioDim: number;
  readonly textDim: number;
  readonly audio: readonly number[];
  readonly text: readonly number[];
  readonly starts: readonly [readonly number[], readonly number[]];
  readonly batches: readonly number[][];
  readonly losses: readonly number[];
  readonly firstGradient: HeadNumbers;
  readonly afterOne: HeadNumbers & { readonly temperature: number };
  readonly afterAll: HeadNumbers & { readonly temperature: number };
}

interface HeadNumbers {
  readonly weights: readonly [readonly number[], readonly number[]];
  readonly biases: readonly [readonly number[], readonly number[]];
}

export const goldens = JSON.parse(
  readFileSync(join(packageRoot, "test", "goldens", "evaluation", "contrastiveLoss.json"), "utf8"),
) as Goldens;
