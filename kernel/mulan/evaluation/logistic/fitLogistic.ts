import { dotProducts } from "../../embedding/dotProducts.ts";
import { ambientSignal, type Progress, reportProgress } from "../../foundation/ambient.ts";
import { MulanError } from "../../foundation/errors.ts";
import { type Eigenbasis, eigenbasis } from "./eigenbasis.ts";
import { logisticLoss } from "./logisticLoss.ts";
import { minimise } from "./minimise.ts";

/** A matrix of rows, such as `Embeddings`. */
export interface ProbeRows {
  /** `[n, dim]`, row-major. */
  readonly data: Float32Array;
  readonly dim: number;
}

export interface ProbeWork {
  /** By default the running cell's. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface FitOptions extends ProbeWork {
  readonly x: ProbeRows;
  /** `[n, nLabels]` of 0 and 1. */
  readonly y: Uint8Array;
  readonly nLabels: number;
  /** Inverse strength of L2, as scikit-learn's C. Default 1. */
  readonly c?: number;
  /** Divide each column by its standard deviation in `x` before L2 weighs it. Default true. */
  readonly standardise?: boolean;
}

/** One logistic regression a label, for rows as they come: standardisation is folded into the weights. */
export interface LogisticModel {
  readonly nLabels: number;
  readonly dim: number;
  /** `[nLabels, dim]`. */
  readonly weights: Float32Array;
  /** `[nLabels]`. */
  readonly intercepts: Float32Array;
  readonly c: number;
  /** Labels with one class only in training: their logit is a constant. */
  readonly constantLabels: readonly number[];
  /** Most steps that a label took. */
  readonly nIterations: number;
  /** Every label's gradient came below the tolerance. */
  readonly converged: boolean;
}

/** A label's solution in the basis, from which a stronger or weaker L2 can start: `[dim + 1]`. */
export type Starts = readonly Float64Array[];

const TOLERANCE = 1e-5;
const MAX_ITERATIONS = 200;

/**
 * Fits one L2-regularised logistic regression a label (one against the rest), all at once: the objective of
 * scikit-learn's `LogisticRegression(C=c)` on standardised columns, C Σ loss + ½‖w‖², with a free intercept.
 * A label that all rows have, or none, gets a constant logit.
 * @throws MulanError `probe.shape`, `probe.c`, `probe.not-finite`; the signal's reason
 */
export async function fitLogistic({
  x,
  y,
  nLabels,
  c = 1,
  standardise = true,
  ...work
}: FitOptions): Promise<LogisticModel> {
  const truths = truthsByLabel(x, y, nLabels);
  const basis = eigenbasis(x.data, x.dim, standardise);
  return (await fitInBasis(basis, truths, c, undefined, work)).model;
}

/** The same, where the rows are prepared already and a neighbouring C has been solved. */
export async function fitInBasis(
  basis: Eigenbasis,
  truths: readonly Uint8Array[],
  c: number,
  starts: Starts | undefined,
  { signal, onProgress }: ProbeWork,
): Promise<{ model: LogisticModel; solution: Starts }> {
  if (!(c > 0 && Number.isFinite(c))) {
    throw new MulanError("probe.c", "C is the inverse strength of L2", {
      expected: "a number above 0",
      got: String(c),
    });
  }
  const obeyed = signal ?? ambientSignal();
  const tell = onProgress ?? reportProgress;
  const { n, dim, variances } = basis;
  const shares = truths.map((truth) => truth.reduce((sum, own) => sum + own, 0) / n);
  const fitted = [...truths.keys()].filter((label) => shares[label]! > 0 && shares[label]! < 1);
  const minima = await minimise({
    starts: fitted.map((label) => starts?.[label] ?? constant(dim, shares[label]!, n)),
    curvatures: fitted.map((label) => {
      const spread = shares[label]! * (1 - shares[label]!);
      return Float64Array.of(...variances.map((value) => spread * value + 1 / (c * n)), spread);
    }),
    evaluate: (points, which) =>
      logisticLoss(
        points,
        which.map((i) => truths[fitted[i]!]!),
        basis,
        c,
      ),
    tolerance: TOLERANCE,
    maxIterations: MAX_ITERATIONS,
    onRound: async (done) => {
      tell({ label: `fitting a probe, C ${c}`, done, total: fitted.length });
      await new Promise((resolve) => setImmediate(resolve));
      obeyed?.throwIfAborted();
    },
  });
  const solution = shares.map((share) => constant(dim, share, n));
  for (const [i, { point }] of minima.entries()) solution[fitted[i]!] = point;
  const raw = solution.map((point) => basis.toRaw(point, point[dim]!));
  return {
    solution,
    model: {
      nLabels: truths.length,
      dim,
      weights: Float32Array.from(raw.flatMap(({ weights }) => [...weights])),
      intercepts: Float32Array.from(raw, ({ intercept }) => intercept),
      c,
      constantLabels: [...truths.keys()].filter((label) => !fitted.includes(label)),
      nIterations: Math.max(0, ...minima.map(({ nIterations }) => nIterations)),
      converged: minima.every(({ converged }) => converged),
    },
  };
}

/**
 * Logits of rows under a fitted probe, `[n, nLabels]`: above 0 a label is likelier than not.
 * @throws MulanError `probe.shape`
 */
export function logitsOf(
  { weights, intercepts, dim, nLabels }: LogisticModel,
  x: ProbeRows,
): Float32Array {
  if (x.dim !== dim) {
    throw new MulanError("probe.shape", "these rows are of another length than the probe's", {
      expected: `${dim} numbers a row`,
      got: String(x.dim),
    });
  }
  const logits = dotProducts(x.data, weights, dim);
  for (let i = 0; i < logits.length; i++) logits[i]! += intercepts[i % nLabels]!;
  return logits;
}

/** A label's column of `y` each. @throws MulanError `probe.shape`, `probe.not-finite` */
export function truthsByLabel(x: ProbeRows, y: Uint8Array, nLabels: number): Uint8Array[] {
  const n = x.data.length / x.dim;
  if (!Number.isInteger(n) || n === 0 || y.length !== n * nLabels || nLabels < 1) {
    throw new MulanError("probe.shape", "rows and truths do not fit", {
      expected: "x [n, dim] and y [n, nLabels], with at least one row",
      got: `${x.data.length} numbers in rows of ${x.dim}, ${y.length} truths in rows of ${nLabels}`,
    });
  }
  const odd = x.data.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw new MulanError("probe.not-finite", `row ${Math.floor(odd / x.dim)} is not finite`, {
      expected: "numbers",
      got: `${x.data[odd]} in column ${odd % x.dim}`,
    });
  }
  return Array.from({ length: nLabels }, (_, label) =>
    Uint8Array.from({ length: n }, (_, item) => (y[item * nLabels + label] !== 0 ? 1 : 0)),
  );
}

/** No weights, and the intercept that gives every row the label's share; half an item keeps it finite. */
function constant(dim: number, share: number, n: number): Float64Array {
  const point = new Float64Array(dim + 1);
  const kept = Math.min(1 - 0.5 / n, Math.max(0.5 / n, share));
  point[dim] = Math.log(kept / (1 - kept));
  return point;
}
