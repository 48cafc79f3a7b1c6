/** One way to change a rate, piece by piece. */
export interface Resampler {
  /** The samples that are ready after these. */
  push(samples: Float32Array): Float32Array;
  /** The last `nMissing` samples, which the filter still owes. */
  end(nMissing: number): Float32Array;
  free(): void;
}

/** How many samples `nSamples` become: the smallest number that covers the same time. */
export function resampledLength(nSamples: number, fromHz: number, toHz: number): number {
  return Math.ceil((nSamples * toHz) / fromHz);
}
