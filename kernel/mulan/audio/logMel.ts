import { copySound, firstFrameStart, frameCount } from "./features/frames.ts";
import { applyLog } from "./features/logScale.ts";
import { FRAMES_AT_ONCE, type MelSpectra, melSpectra } from "./features/melSpectra.ts";
import type { LogMelFrontEnd } from "./frontEnd.ts";

export interface LogMel {
  /** [frames, mels] */
  readonly data: Float32Array;
  readonly nFrames: number;
  readonly nMels: number;
}

const known = new WeakMap<LogMelFrontEnd, MelSpectra>();

/**
 * The log-mel spectrogram that `frontEnd` describes. Samples after the log are normalised, then frames are cut or
 * filled to `fixedFrames`.
 * @param pcm [samples] at frontEnd.sampleRateHz
 */
export function logMel(pcm: Float32Array, frontEnd: LogMelFrontEnd): LogMel {
  const { nMels, fixedFrames, normalization } = frontEnd;
  const nFrames = frameCount(pcm.length, frontEnd);
  const mels = melEnergies(pcm, frontEnd, nFrames);
  applyLog(mels, frontEnd.log);
  if (normalization) {
    const { mean, std } = normalization;
    for (let i = 0; i < mels.length; i++) mels[i] = (mels[i]! - mean) / std;
  }
  if (!fixedFrames || fixedFrames.count === nFrames) return { data: mels, nFrames, nMels };
  const data = new Float32Array(fixedFrames.count * nMels).fill(fixedFrames.fillValue);
  data.set(mels.subarray(0, data.length));
  return { data, nFrames: fixedFrames.count, nMels };
}

/** [frames, mels], before the log. */
function melEnergies(pcm: Float32Array, frontEnd: LogMelFrontEnd, nFrames: number): Float32Array {
  let spectra = known.get(frontEnd);
  if (!spectra) {
    spectra = melSpectra(frontEnd);
    known.set(frontEnd, spectra);
  }
  const { hopLength, nMels, padMode, windowLength } = frontEnd;
  const mels = new Float32Array(nFrames * nMels);
  const start = firstFrameStart(frontEnd);
  const frame = needsPreparing(frontEnd) ? new Float64Array(windowLength) : undefined;
  for (let t = 0; t < nFrames; t += FRAMES_AT_ONCE) {
    const at = start + t * hopLength;
    if (frame) {
      for (let i = 0; i < FRAMES_AT_ONCE; i++) {
        copySound(frame, pcm, at + i * hopLength, padMode);
        prepareFrame(frame, frontEnd);
        spectra.windowFrame(i, frame);
      }
    } else {
      copySound(spectra.sound, pcm, at, padMode);
      spectra.windowSound();
    }
    spectra.melEnergies(mels, t * nMels, Math.min(FRAMES_AT_ONCE, nFrames - t));
  }
  return mels;
}

function needsPreparing({ inputScale, removeDcOffset, preEmphasis }: LogMelFrontEnd): boolean {
  return inputScale !== 1 || removeDcOffset || preEmphasis > 0;
}

/** Kaldi's steps, in its order. */
function prepareFrame(frame: Float64Array, frontEnd: LogMelFrontEnd): void {
  const { inputScale, removeDcOffset, preEmphasis } = frontEnd;
  if (inputScale !== 1) for (let i = 0; i < frame.length; i++) frame[i]! *= inputScale;
  if (removeDcOffset) {
    let sum = 0;
    for (let i = 0; i < frame.length; i++) sum += frame[i]!;
    const mean = sum / frame.length;
    for (let i = 0; i < frame.length; i++) frame[i]! -= mean;
  }
  if (preEmphasis > 0) {
    for (let i = frame.length - 1; i > 0; i--) frame[i]! -= preEmphasis * frame[i - 1]!;
    frame[0]! *= 1 - preEmphasis;
  }
}
