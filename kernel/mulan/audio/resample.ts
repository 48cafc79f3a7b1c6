import { resampledLength } from "./resampling/resampler.ts";
import { StreamResampler } from "./resampling/streamResampler.ts";

/**
 * PCM at another rate: band-limited, aliases at least 90 dB down, 0 samples of delay.
 * @param pcm [samples]
 * @returns [ceil(samples · toHz / fromHz)]; the input itself when the rates are equal
 * @throws MulanError `argument.rate` for rates that are no whole number of hertz
 */
export async function resample(
  pcm: Float32Array,
  fromHz: number,
  toHz: number,
): Promise<Float32Array> {
  if (fromHz === toHz) return pcm;
  const resampler = await StreamResampler.create(fromHz, toHz);
  try {
    const whole = new Float32Array(resampledLength(pcm.length, fromHz, toHz));
    const body = resampler.push(pcm);
    whole.set(body.subarray(0, whole.length));
    whole.set(resampler.end(), Math.min(body.length, whole.length));
    return whole;
  } finally {
    resampler.free();
  }
}
