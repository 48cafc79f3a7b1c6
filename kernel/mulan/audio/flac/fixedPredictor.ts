/** FLAC's predictors without coefficients of their own: differences of order 0 to 4 (RFC 9639, section 9.2.5). */
export const maxOrder = 4;

export interface Prediction {
  readonly order: number;
  /** What the prediction leaves, of all samples but the first `order`, in place from there on. */
  readonly residual: Int32Array;
}

/** The order whose residuals are smallest in sum: each is the difference of the one before. */
export function predictBest(samples: Int32Array): Prediction {
  let residual = samples;
  let best: Prediction = { order: 0, residual: samples };
  let bestSum = sumOfMagnitudes(samples);
  for (let order = 1; order <= Math.min(maxOrder, samples.length - 1); order++) {
    const next = residual.slice();
    for (let i = samples.length - 1; i >= order; i--) next[i] = residual[i]! - residual[i - 1]!;
    residual = next;
    const sum = sumOfMagnitudes(next);
    if (sum >= bestSum) continue;
    best = { order, residual: next };
    bestSum = sum;
  }
  return best;
}

/** From the same sample on for every order, so that orders compare. */
function sumOfMagnitudes(values: Int32Array): number {
  let sum = 0;
  for (let i = maxOrder; i < values.length; i++) sum += Math.abs(values[i]!);
  return sum;
}
