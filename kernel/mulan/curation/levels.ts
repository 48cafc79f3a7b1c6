/**
 * The root mean square of each span of mono PCM in dB relative to a full-scale square wave; −Infinity where all
 * samples are 0.
 */
export function levelsDbfs(
  pcm: Float32Array,
  sampleRateHz: number,
  spans: readonly { readonly startSec: number; readonly durationSec: number }[],
): number[] {
  return spans.map(({ startSec, durationSec }) => {
    const from = Math.round(startSec * sampleRateHz);
    const span = pcm.subarray(from, from + Math.round(durationSec * sampleRateHz));
    const power = span.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, span.length);
    return 10 * Math.log10(power);
  });
}
