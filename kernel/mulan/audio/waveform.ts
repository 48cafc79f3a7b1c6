import { assertNotPromise } from "../foundation/arguments.ts";
import type { Clip, ReadOptions } from "./clip.ts";

/** The outline of a clip: lowest and highest sample of each bucket of time. */
export interface WaveformData {
  /** [buckets] */
  readonly min: Float32Array;
  /** [buckets] */
  readonly max: Float32Array;
  readonly bucketSec: number;
  readonly sampleRateHz: number;
  readonly durationSec: number;
}

/** A value that shows a clip's outline; decoded when it is drawn. */
export interface Waveform {
  readonly kind: "waveform";
  readonly clip: Clip;
  /** @throws what `clip.samples()` throws */
  compute(options?: ReadOptions): Promise<WaveformData>;
}

const MAX_BUCKETS = 2000;

/** The clip's outline (of the mean of its channels), at most 2,000 buckets. */
export function waveform(clip: Clip): Waveform {
  assertNotPromise(clip, "waveform(await …)");
  return {
    kind: "waveform",
    clip,
    async compute(options = {}) {
      return outline(await clip.samples(options), clip.sampleRateHz);
    },
  };
}

/** Lowest and highest sample of each bucket of mono PCM; a bucket never spans less than one sample. */
export function outline(
  pcm: Float32Array,
  sampleRateHz: number,
  maxBuckets = MAX_BUCKETS,
): WaveformData {
  const perBucket = Math.max(1, Math.ceil(pcm.length / maxBuckets));
  const nBuckets = Math.ceil(pcm.length / perBucket);
  const min = new Float32Array(nBuckets);
  const max = new Float32Array(nBuckets);
  for (let bucket = 0; bucket < nBuckets; bucket++) {
    const end = Math.min(pcm.length, (bucket + 1) * perBucket);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = bucket * perBucket; i < end; i++) {
      const sample = pcm[i]!;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    min[bucket] = low;
    max[bucket] = high;
  }
  const durationSec = pcm.length / sampleRateHz;
  return { min, max, bucketSec: perBucket / sampleRateHz, sampleRateHz, durationSec };
}
