import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { dotProducts } from "../../embedding/dotProducts.ts";
import { columnProducts } from "../../embedding/projection/columnProducts.ts";

/** Rows standardised by themselves and turned into the directions of their own covariance. */
export interface Eigenbasis {
  readonly n: number;
  readonly dim: number;
  /** `[n, dim]`, standardised and turned. */
  readonly rows: Float32Array;
  /** `[dim, n]`: the same by columns, for gradients. */
  readonly columns: Float32Array;
  /** `[dim]`: mean square along each direction. */
  readonly variances: Float64Array;
  /** A direction's weights `[dim]` and intercept as weights on rows as they came. */
  toRaw(turned: ArrayLike<number>, intercept: number): { weights: Float64Array; intercept: number };
}

/**
 * Logistic regression has the same solution in any rotation, but in this one the curvature of its loss is
 * nearly diagonal: the optimiser needs some ten steps where raw embeddings take it hundreds.
 * Standard deviations are the population's, and 1 for a column that never varies, as scikit-learn's StandardScaler.
 * @param x `[n, dim]`
 * @param standardise divide each column by its standard deviation; the mean is taken off in any case
 */
export function eigenbasis(x: Float32Array, dim: number, standardise: boolean): Eigenbasis {
  const n = x.length / dim;
  const { mean, scale } = columnStatistics(x, dim);
  if (!standardise) scale.fill(1);
  const centred = x.map((value, i) => (value - mean[i % dim]!) / scale[i % dim]!);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    new Matrix(columnProducts(centred, dim)),
    { assumeSymmetric: true },
  );
  const directions = Float32Array.from(eigenvectorMatrix.transpose().to1DArray());
  return {
    n,
    dim,
    rows: dotProducts(centred, directions, dim),
    columns: dotProducts(directions, centred, dim),
    variances: Float64Array.from(realEigenvalues, (value) => Math.max(0, value / n)),
    toRaw(turned, intercept) {
      const weights = new Float64Array(dim);
      for (let direction = 0; direction < dim; direction++) {
        const along = turned[direction]!;
        for (let j = 0; j < dim; j++) weights[j]! += along * directions[direction * dim + j]!;
      }
      let shifted = intercept;
      for (let j = 0; j < dim; j++) {
        weights[j]! /= scale[j]!;
        shifted -= weights[j]! * mean[j]!;
      }
      return { weights, intercept: shifted };
    },
  };
}

function columnStatistics(
  x: Float32Array,
  dim: number,
): { mean: Float64Array; scale: Float64Array } {
  const n = x.length / dim;
  const mean = new Float64Array(dim);
  for (let i = 0; i < x.length; i++) mean[i % dim]! += x[i]! / n;
  const variance = new Float64Array(dim);
  for (let i = 0; i < x.length; i++) variance[i % dim]! += (x[i]! - mean[i % dim]!) ** 2 / n;
  // What float32 makes of a constant column is rounding, not variance.
  const scale = variance.map((value, j) =>
    value > (1e-6 * Math.abs(mean[j]!)) ** 2 && value > 0 ? Math.sqrt(value) : 1,
  );
  return { mean, scale };
}
