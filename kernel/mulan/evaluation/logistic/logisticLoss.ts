import { dotProducts } from "../../embedding/dotProducts.ts";
import type { Eigenbasis } from "./eigenbasis.ts";
import type { Evaluation } from "./minimise.ts";

/**
 * Mean logistic loss of several labels at once, plus ½‖w‖² / (C n): scikit-learn's objective divided by C n. The
 * intercept, the last parameter, is not penalised.
 * @param points a label's weights and intercept each, `[dim + 1]`
 * @param truths the same labels' truth, `[n]` each
 */
export function logisticLoss(
  points: readonly Float64Array[],
  truths: readonly Uint8Array[],
  { n, dim, rows, columns }: Eigenbasis,
  c: number,
): Evaluation[] {
  const weights = new Float32Array(points.length * dim);
  points.forEach((point, label) => {
    weights.set(point.subarray(0, dim), label * dim);
  });
  const residuals = dotProducts(weights, rows, dim);
  const losses = points.map((point, label) =>
    toResiduals(residuals.subarray(label * n, (label + 1) * n), truths[label]!, point[dim]!),
  );
  const products = dotProducts(residuals, columns, n);
  return points.map((point, label) => {
    const gradient = new Float64Array(dim + 1);
    let penalty = 0;
    for (let j = 0; j < dim; j++) {
      const weight = point[j]!;
      gradient[j] = products[label * dim + j]! / n + weight / (c * n);
      penalty += weight * weight;
    }
    const { loss, residual } = losses[label]!;
    gradient[dim] = residual / n;
    return { loss: loss / n + penalty / (2 * c * n), gradient };
  });
}

/** Turns logits without their intercept, in place, into probability − truth, and sums loss and residuals. */
function toResiduals(
  logits: Float32Array,
  truth: Uint8Array,
  intercept: number,
): { loss: number; residual: number } {
  let loss = 0;
  let residual = 0;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]! + intercept;
    const decay = Math.exp(-Math.abs(logit));
    const probability = (logit >= 0 ? 1 : decay) / (1 + decay);
    const own = truth[i] !== 0 ? 1 : 0;
    loss += Math.max(0, logit) - own * logit + Math.log1p(decay);
    logits[i] = probability - own;
    residual += probability - own;
  }
  return { loss, residual };
}
