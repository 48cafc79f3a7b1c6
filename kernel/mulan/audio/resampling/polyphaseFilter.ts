import { FIR_BLOCK } from "./firKernel.ts";

/** A low-pass filter, one set of taps for each of the `up` positions between two input samples. */
export interface PolyphaseFilter {
  /** Output sample n stands at input position n · down / up. */
  readonly up: number;
  readonly down: number;
  readonly nTaps: number;
  /** [up, nTaps] */
  readonly taps: Float32Array;
}

/** Of the lower rate's Nyquist frequency: kept whole below, gone above. */
const PASSBAND_EDGE = 0.91;
const STOPBAND_EDGE = 1;
const STOPBAND_DB = 104;
/** Beyond this many taps in all, rates without a common measure are better served by interpolated ones. */
const MAX_TAPS = 2 ** 21;

const known = new Map<string, PolyphaseFilter>();
const MAX_KNOWN = 16;

/** A Kaiser-windowed sinc; undefined when the rates have so little in common that its table would be huge. */
export function polyphaseFilter(fromHz: number, toHz: number): PolyphaseFilter | undefined {
  const key = `${fromHz}:${toHz}`;
  const remembered = known.get(key);
  if (remembered) return remembered;
  const common = greatestCommonDivisor(fromHz, toHz);
  const [up, down] = [toHz / common, fromHz / common];
  const lower = Math.min(1, toHz / fromHz);
  // Kaiser's estimate; the transition's width in radians a sample of the input.
  const width = Math.PI * lower * (STOPBAND_EDGE - PASSBAND_EDGE);
  const nTaps = Math.ceil((STOPBAND_DB - 8) / (2.285 * width) / FIR_BLOCK) * FIR_BLOCK;
  if (up * nTaps > MAX_TAPS) return undefined;
  const cutoff = (lower * (PASSBAND_EDGE + STOPBAND_EDGE)) / 2;
  const filter = { up, down, nTaps, taps: designTaps(up, nTaps, cutoff) };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, filter);
  return filter;
}

/** `cutoff` is relative to the input's Nyquist frequency. Each phase sums to 1, so that a constant stays constant. */
function designTaps(up: number, nTaps: number, cutoff: number): Float32Array {
  const beta = 0.1102 * (STOPBAND_DB - 8.7);
  const edge = besselI0(beta);
  const half = nTaps / 2;
  const taps = new Float32Array(up * nTaps);
  const phaseTaps = new Float64Array(nTaps);
  for (let phase = 0; phase < up; phase++) {
    let sum = 0;
    for (let k = 0; k < nTaps; k++) {
      const distance = k - half + 1 - phase / up;
      const share = 1 - (distance / half) ** 2;
      const x = Math.PI * cutoff * distance;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      const tap = share > 0 ? (sinc * besselI0(beta * Math.sqrt(share))) / edge : 0;
      phaseTaps[k] = tap;
      sum += tap;
    }
    for (let k = 0; k < nTaps; k++) taps[phase * nTaps + k] = phaseTaps[k]! / sum;
  }
  return taps;
}

function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
