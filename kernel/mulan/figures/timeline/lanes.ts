/** Cosines that all lanes of a timeline share as their scale. */
export interface LaneRange {
  readonly low: number;
  readonly high: number;
}

/** From the lowest to the highest cosine, 0 always inside, never so narrow that noise looks like a signal. */
export function laneRange(cosines: ArrayLike<number>, scores: readonly number[]): LaneRange {
  let low = 0;
  let high = 0.05;
  for (const value of [...Array.from(cosines), ...scores]) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

/**
 * The mean of all prompts in each window `[nWindows]`, the baseline of a lane: a window that every prompt fits says
 * nothing. Undefined below three prompts.
 */
export function windowMeans(
  cosines: Float32Array,
  nPrompts: number,
  nWindows: number,
): Float32Array | undefined {
  if (nPrompts < 3) return undefined;
  return Float32Array.from({ length: nWindows }, (_, window) => {
    let sum = 0;
    for (let i = 0; i < nPrompts; i++) sum += cosines[i * nWindows + window]!;
    return sum / nPrompts;
  });
}
