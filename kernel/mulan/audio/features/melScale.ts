import type { LogMelFrontEnd } from "../frontEnd.ts";

type MelScale = LogMelFrontEnd["melScale"];

/** Slaney's Auditory Toolbox: linear to 1 kHz at 3 mels per 200 Hz, logarithmic above with 27 steps to 6.4 kHz. */
const SLANEY_HZ_PER_MEL = 200 / 3;
const SLANEY_BREAK_HZ = 1000;
const SLANEY_BREAK_MEL = SLANEY_BREAK_HZ / SLANEY_HZ_PER_MEL;
const SLANEY_LOG_STEP = Math.log(6.4) / 27;

/** "htk": 2595·log10(1 + f/700); "kaldi": 1127·ln(1 + f/700), the same curve in other digits. */
export function hzToMel(hz: number, scale: MelScale): number {
  if (scale === "htk") return 2595 * Math.log10(1 + hz / 700);
  if (scale === "kaldi") return 1127 * Math.log(1 + hz / 700);
  if (hz < SLANEY_BREAK_HZ) return hz / SLANEY_HZ_PER_MEL;
  return SLANEY_BREAK_MEL + Math.log(hz / SLANEY_BREAK_HZ) / SLANEY_LOG_STEP;
}

export function melToHz(mel: number, scale: MelScale): number {
  if (scale === "htk") return 700 * (10 ** (mel / 2595) - 1);
  if (scale === "kaldi") return 700 * (Math.exp(mel / 1127) - 1);
  if (mel < SLANEY_BREAK_MEL) return mel * SLANEY_HZ_PER_MEL;
  return SLANEY_BREAK_HZ * Math.exp(SLANEY_LOG_STEP * (mel - SLANEY_BREAK_MEL));
}

/** The corners of the triangles in Hz: [nMels + 2], evenly spaced in mels. */
export function melCornersHz(frontEnd: LogMelFrontEnd): Float64Array {
  const { fMinHz, fMaxHz, nMels, melScale } = frontEnd;
  const low = hzToMel(fMinHz, melScale);
  const step = (hzToMel(fMaxHz, melScale) - low) / (nMels + 1);
  return Float64Array.from({ length: nMels + 2 }, (_, i) => melToHz(low + step * i, melScale));
}
