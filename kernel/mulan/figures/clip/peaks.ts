/** Lowest and highest sample of `n` equal pieces, interleaved `[n, 2]`; NaN counts as 0. */
export function findPeaks(samples: Float32Array, n: number): Float32Array {
  const peaks = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const from = Math.floor((i * samples.length) / n);
    const to = Math.max(from + 1, Math.floor(((i + 1) * samples.length) / n));
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let k = from; k < to; k++) {
      const sample = samples[k]!;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    peaks[2 * i] = low <= high ? low : 0;
    peaks[2 * i + 1] = low <= high ? high : 0;
  }
  return peaks;
}

/** 20·log10 of full scale 1.0; null for silence. */
export interface Level {
  readonly peakDb: number | null;
  readonly rmsDb: number | null;
  readonly peak: number;
}

export function measureLevel(samples: Float32Array): Level {
  let peak = 0;
  let squares = 0;
  for (const sample of samples) {
    if (!Number.isFinite(sample)) continue;
    peak = Math.max(peak, Math.abs(sample));
    squares += sample * sample;
  }
  const decibels = (value: number): number | null => (value > 0 ? 20 * Math.log10(value) : null);
  const rms = samples.length > 0 ? Math.sqrt(squares / samples.length) : 0;
  return { peakDb: decibels(peak), rmsDb: decibels(rms), peak };
}
