import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { columnProducts } from "./columnProducts.ts";

export interface PrincipalComponents {
  /** `[n, 2]` */
  readonly points: Float32Array;
  /** The share of the variance along each axis, 0 to 1. */
  readonly explained: readonly [number, number];
}

/** A variance below this share of the whole is rounding, not a direction. */
const NEGLIGIBLE = 1e-10;

/**
 * The first two principal components of the centred rows `[n, dim]`, by the eigenvectors of the covariance.
 * Signs as scikit-learn has them: the loading of largest size on each axis is positive.
 */
export function principalComponents(data: Float32Array, dim: number): PrincipalComponents {
  const n = data.length / dim;
  const centred = centre(data, dim);
  const covariance = columnProducts(centred, dim);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    new Matrix(covariance),
    { assumeSymmetric: true },
  );
  const total = realEigenvalues.reduce((sum, value) => sum + Math.max(0, value), 0);
  const points = new Float32Array(n * 2);
  const explained: [number, number] = [0, 0];
  const largestFirst = realEigenvalues.map((_, i) => i);
  largestFirst.sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  largestFirst.slice(0, 2).forEach((column, axis) => {
    const share = total > 0 ? realEigenvalues[column]! / total : 0;
    if (share < NEGLIGIBLE) return;
    explained[axis] = share;
    const direction = withLargestPositive(eigenvectorMatrix.getColumn(column));
    for (let i = 0; i < n; i++) {
      let along = 0;
      for (let j = 0; j < dim; j++) along += centred[i * dim + j]! * direction[j]!;
      points[i * 2 + axis] = along;
    }
  });
  return { points, explained };
}

function centre(data: Float32Array, dim: number): Float32Array {
  const n = data.length / dim;
  const mean = new Float64Array(dim);
  for (let i = 0; i < data.length; i++) mean[i % dim]! += data[i]! / n;
  return data.map((value, i) => value - mean[i % dim]!);
}

function withLargestPositive(vector: readonly number[]): readonly number[] {
  const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}
