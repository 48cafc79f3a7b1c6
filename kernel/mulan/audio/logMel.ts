import { type ComplexFft, complexFft } from "./features/complexFft.ts";
import { copyFrame, firstFrameStart, frameCount } from "./features/frames.ts";
import { applyLog } from "./features/logScale.ts";
import { type MelFilterBank, melFilterBank } from "./features/melFilterBank.ts";
import { windowFunction } from "./features/windowFunction.ts";
import type { LogMelFrontEnd } from "./frontEnd.ts";

export interface LogMel {
  /** [frames, mels] */
  readonly data: Float32Array;
  readonly nFrames: number;
  readonly nMels: number;
}

interface Plan {
  readonly window: Float64Array;
  readonly fft: ComplexFft;
  readonly bank: MelFilterBank;
  readonly input: Float64Array;
  readonly spectrum: Float64Array;
  readonly power: Float64Array;
}

const plans = new WeakMap<LogMelFrontEnd, Plan>();

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

/** [frames, mels], before the log. Two real frames share one complex transform. */
function melEnergies(pcm: Float32Array, frontEnd: LogMelFrontEnd, nFrames: number): Float32Array {
  const plan = planFor(frontEnd);
  const { hopLength, nMels, padMode, nFft } = frontEnd;
  const frame = new Float64Array(frontEnd.windowLength);
  const mels = new Float32Array(nFrames * nMels);
  const start = firstFrameStart(frontEnd);
  for (let t = 0; t < nFrames; t += 2) {
    plan.input.fill(0);
    for (let part = 0; part < 2 && t + part < nFrames; part++) {
      copyFrame(frame, pcm, start + (t + part) * hopLength, padMode);
      prepareFrame(frame, frontEnd);
      for (let i = 0; i < frame.length; i++) plan.input[2 * i + part] = frame[i]! * plan.window[i]!;
    }
    plan.fft.transform(plan.spectrum, plan.input);
    for (let part = 0; part < 2 && t + part < nFrames; part++) {
      powerOf(plan.power, plan.spectrum, nFft, part, frontEnd.power);
      filter(mels, (t + part) * nMels, plan);
    }
  }
  return mels;
}

function planFor(frontEnd: LogMelFrontEnd): Plan {
  const known = plans.get(frontEnd);
  if (known) return known;
  const { nFft, window, windowLength } = frontEnd;
  const plan: Plan = {
    window: windowFunction(window, windowLength),
    fft: complexFft(nFft),
    bank: melFilterBank(frontEnd),
    input: new Float64Array(2 * nFft),
    spectrum: new Float64Array(2 * nFft),
    power: new Float64Array(Math.floor(nFft / 2) + 1),
  };
  plans.set(frontEnd, plan);
  return plan;
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

/**
 * |X|^exponent of the frame that was the real (part 0) or the imaginary part of the transform's input:
 * X = (Z[k] + conj Z[N−k]) / 2, or (Z[k] − conj Z[N−k]) / 2i.
 */
function powerOf(
  power: Float64Array,
  z: Float64Array,
  nFft: number,
  part: number,
  exponent: number,
): void {
  const sign = part === 0 ? 1 : -1;
  for (let k = 0; k < power.length; k++) {
    const mirror = k === 0 ? 0 : 2 * (nFft - k);
    const re = z[2 * k]! + sign * z[mirror]!;
    const im = z[2 * k + 1]! - sign * z[mirror + 1]!;
    power[k] = (re * re + im * im) / 4;
  }
  if (exponent === 2) return;
  for (let k = 0; k < power.length; k++) power[k] = power[k]! ** (exponent / 2);
}

function filter(mels: Float32Array, at: number, { bank, power }: Plan): void {
  const { firstBin, offsets, weights } = bank;
  for (let mel = 0; mel < firstBin.length; mel++) {
    let sum = 0;
    let bin = firstBin[mel]!;
    const end = offsets[mel + 1]!;
    for (let w = offsets[mel]!; w < end; w++, bin++) sum += weights[w]! * power[bin]!;
    mels[at + mel] = sum;
  }
}
