import type { LogMelFrontEnd } from "../frontEnd.ts";

/**
 * How many frames `nSamples` give. Centred frames are nFft long and stand around multiples of the hop, as librosa
 * and torch.stft have it; frames that are not centred are windowLength long and lie inside the sound, as Kaldi has it.
 */
export function frameCount(nSamples: number, frontEnd: LogMelFrontEnd): number {
  const { center, nFft, windowLength, hopLength } = frontEnd;
  if (nSamples === 0) return 0;
  const spare = center ? nSamples + 2 * Math.floor(nFft / 2) - nFft : nSamples - windowLength;
  return spare < 0 ? 0 : 1 + Math.floor(spare / hopLength);
}

/** Where the windowed part of frame 0 begins, in samples; negative when centred. */
export function firstFrameStart({ center, nFft, windowLength }: LogMelFrontEnd): number {
  return center ? Math.floor((nFft - windowLength) / 2) - Math.floor(nFft / 2) : 0;
}

/** Copies [start, start + to.length) of the sound, which is continued past its ends by `padMode`. */
export function copySound(
  to: Float32Array | Float64Array,
  pcm: Float32Array,
  start: number,
  padMode: LogMelFrontEnd["padMode"],
): void {
  const { length } = pcm;
  if (start >= 0 && start + to.length <= length) {
    to.set(pcm.subarray(start, start + to.length));
    return;
  }
  for (let i = 0; i < to.length; i++) {
    const at = start + i;
    if (at >= 0 && at < length) to[i] = pcm[at]!;
    else to[i] = padMode === "reflect" && length > 0 ? pcm[reflected(at, length)]! : 0;
  }
}

/** Mirrors without repeating the edge, over and over for short sounds, as numpy's "reflect" does. */
function reflected(at: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((at % period) + period) % period;
  return folded < length ? folded : period - folded;
}
