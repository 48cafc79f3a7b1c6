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
  /** Of the frame in the real and of the one in the imaginary part; [nFft / 2 + 1] each. */
  readonly powers: readonly [Float64Array, Float64Array];
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
  const isPlain = !needsPreparing(frontEnd);
  for (let t = 0; t < nFrames; t += 2) {
    plan.input.fill(0);
    for (let part = 0; part < 2 && t + part < nFrames; part++) {
      const at = start + (t + part) * hopLength;
      if (isPlain && at >= 0 && at + frame.length <= pcm.length) {
        windowed(plan.input, part, pcm, at, plan.window);
        continue;
      }
      copyFrame(frame, pcm, at, padMode);
      prepareFrame(frame, frontEnd);
      windowed(plan.input, part, frame, 0, plan.window);
    }
    plan.fft.transform(plan.spectrum, plan.input);
    powersOf(plan, nFft, frontEnd.power);
    filter(mels, t * nMels, plan, plan.powers[0]);
    if (t + 1 < nFrames) filter(mels, (t + 1) * nMels, plan, plan.powers[1]);
  }
  return mels;
}

function planFor(frontEnd: LogMelFrontEnd): Plan {
  const known = plans.get(frontEnd);
  if (known) return known;
  const { nFft, window, windowLength } = frontEnd;
  const nBins = Math.floor(nFft / 2) + 1;
  const plan: Plan = {
    window: windowFunction(window, windowLength),
    fft: complexFft(nFft),
    bank: melFilterBank(frontEnd),
    input: new Float64Array(2 * nFft),
    spectrum: new Float64Array(2 * nFft),
    powers: [new Float64Array(nBins), new Float64Array(nBins)],
  };
  plans.set(frontEnd, plan);
  return plan;
}

/** input[2·i + part] = samples[at + i] · window[i] */
function windowed(
  input: Float64Array,
  part: number,
  samples: Float32Array | Float64Array,
  at: number,
  window: Float64Array,
): void {
  for (let i = 0; i < window.length; i++) input[2 * i + part] = samples[at + i]! * window[i]!;
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

/**
 * |X|^exponent of the two real frames that were one complex input:
 * X = (Z[k] + conj Z[N−k]) / 2 for the real part, (Z[k] − conj Z[N−k]) / 2i for the imaginary one.
 */
function powersOf({ spectrum: z, powers }: Plan, nFft: number, exponent: number): void {
  const [first, second] = powers;
  for (let k = 0; k < first.length; k++) {
    const mirror = k === 0 ? 0 : 2 * (nFft - k);
    const re = z[2 * k]!;
    const im = z[2 * k + 1]!;
    const mirrorRe = z[mirror]!;
    const mirrorIm = z[mirror + 1]!;
    const sumRe = re + mirrorRe;
    const differenceIm = im - mirrorIm;
    first[k] = (sumRe * sumRe + differenceIm * differenceIm) / 4;
    const differenceRe = re - mirrorRe;
    const sumIm = im + mirrorIm;
    second[k] = (differenceRe * differenceRe + sumIm * sumIm) / 4;
  }
  if (exponent === 2) return;
  for (const power of powers) {
    for (let k = 0; k < power.length; k++) power[k] = power[k]! ** (exponent / 2);
  }
}

function filter(mels: Float32Array, at: number, { bank }: Plan, power: Float64Array): void {
  const { firstBin, offsets, weights } = bank;
  for (let mel = 0; mel < firstBin.length; mel++) {
    let sum = 0;
    let bin = firstBin[mel]!;
    const end = offsets[mel + 1]!;
    for (let w = offsets[mel]!; w < end; w++, bin++) sum += weights[w]! * power[bin]!;
    mels[at + mel] = sum;
  }
}
