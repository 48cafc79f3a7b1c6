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

/** Copies [start, start + frame.length) of the sound, which is continued past its ends by `padMode`. */
export function copyFrame(
  frame: Float64Array,
  pcm: Float32Array,
  start: number,
  padMode: LogMelFrontEnd["padMode"],
): void {
  const { length } = pcm;
  if (start >= 0 && start + frame.length <= length) {
    for (let i = 0; i < frame.length; i++) frame[i] = pcm[start + i]!;
    return;
  }
  for (let i = 0; i < frame.length; i++) {
    const at = start + i;
    if (at >= 0 && at < length) frame[i] = pcm[at]!;
    else frame[i] = padMode === "reflect" ? pcm[reflected(at, length)]! : 0;
  }
}

/** Mirrors without repeating the edge, over and over for short sounds, as numpy's "reflect" does. */
function reflected(at: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((at % period) + period) % period;
  return folded < length ? folded : period - folded;
}
