import { MulanError } from "../../foundation/errors.ts";
import { eigenbasis } from "./eigenbasis.ts";
import {
  fitInBasis,
  type LogisticModel,
  logitsOf,
  type ProbeRows,
  type ProbeWork,
  type Starts,
  truthsByLabel,
} from "./fitLogistic.ts";
import { learntRocAuc } from "./learntRocAuc.ts";

/** What is tried where nothing else is asked for: strong to weak L2. */
export const C_GRID: readonly number[] = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100];

export interface ProbeSplit {
  readonly x: ProbeRows;
  /** `[n, nLabels]` of 0 and 1. */
  readonly y: Uint8Array;
}

export interface ChooseCOptions extends ProbeWork {
  readonly train: ProbeSplit;
  readonly validation: ProbeSplit;
  readonly nLabels: number;
  /** Values of C. Default 1e-4 to 100 in powers of ten. */
  readonly grid?: readonly number[];
  /** Default true. */
  readonly standardise?: boolean;
}

export interface ChosenProbe {
  /** Fitted on `train` with the best C. */
  readonly model: LogisticModel;
  readonly c: number;
  /** What validation said of each, strongest L2 first: macro ROC-AUC. */
  readonly tried: readonly { readonly c: number; readonly rocAuc: number }[];
}

/**
 * Fits a probe for each C and takes the one whose macro ROC-AUC on the validation split is highest (of equals
 * the one with the stronger L2). Labels of one class only in `train` are not counted. Each fit starts where the one before ended.
 * @throws MulanError `probe.shape`, `probe.c`, `probe.not-finite`, `probe.validation` (no label there has
 * positives and negatives); the signal's reason
 */
export async function chooseC(options: ChooseCOptions): Promise<ChosenProbe> {
  const { train, validation, nLabels, grid = C_GRID, standardise = true, ...work } = options;
  if (grid.length === 0) throw new MulanError("probe.c", "there is no C to try");
  const truths = truthsByLabel(train.x, train.y, nLabels);
  truthsByLabel(validation.x, validation.y, nLabels);
  const basis = eigenbasis(train.x.data, train.x.dim, standardise);
  const tried: { c: number; rocAuc: number; model: LogisticModel }[] = [];
  let starts: Starts | undefined;
  for (const c of [...grid].sort((a, b) => a - b)) {
    const { model, solution } = await fitInBasis(basis, truths, c, starts, work);
    const logits = logitsOf(model, validation.x);
    const rocAuc = learntRocAuc(logits, validation.y, model);
    if (rocAuc === null) {
      throw new MulanError("probe.validation", "validation cannot tell which C is best", {
        expected: "a label that some of its items have and others have not",
        remedy: "Give another validation split, or fit with one C: fitLogistic({ …, c: 1 })",
      });
    }
    tried.push({ c, rocAuc, model });
    starts = solution;
  }
  const best = tried.reduce((best, one) => (one.rocAuc > best.rocAuc ? one : best));
  return {
    model: best.model,
    c: best.c,
    tried: tried.map(({ c, rocAuc }) => ({ c, rocAuc })),
  };
}
