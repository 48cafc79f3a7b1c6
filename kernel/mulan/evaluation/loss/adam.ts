const DECAY_MEAN = 0.9;
const DECAY_SQUARE = 0.999;
const EPSILON = 1e-8;

/** What Adam (Kingma and Ba 2015) remembers of one array of parameters. */
export interface AdamMemory {
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

export function adamMemory(length: number): AdamMemory {
  return { mean: new Float64Array(length), square: new Float64Array(length) };
}

/**
 * One step, in place.
 * @param step counted from 1
 */
export function adamStep(
  values: Float64Array,
  slopes: Float64Array,
  { mean, square }: AdamMemory,
  step: number,
  learningRate: number,
): void {
  const meanShare = 1 - DECAY_MEAN ** step;
  const squareShare = 1 - DECAY_SQUARE ** step;
  for (let i = 0; i < values.length; i++) {
    const slope = slopes[i]!;
    mean[i] = DECAY_MEAN * mean[i]! + (1 - DECAY_MEAN) * slope;
    square[i] = DECAY_SQUARE * square[i]! + (1 - DECAY_SQUARE) * slope * slope;
    const size = Math.sqrt(square[i]! / squareShare) + EPSILON;
    values[i]! -= (learningRate * (mean[i]! / meanShare)) / size;
  }
}
