import { encodeUint8, type SpectrogramData } from "../contract.ts";
import type { MelScale } from "../scale/mel.ts";
import { type Frames, reduceFrames } from "./reduceFrames.ts";

export interface SpectrogramInput extends Frames {
  readonly fMinHz: number;
  readonly fMaxHz: number;
  readonly melScale: MelScale;
}

const rangeDb = 80;

/**
 * At most `maxFrames` frames as bytes from `referenceDb` − 80 dB to it.
 * @param referenceDb what is drawn as 0 dB; default the loudest cell. Silence stays dark instead of being lifted to it.
 */
export function spectrogramData(
  input: SpectrogramInput,
  maxFrames: number,
  silent: boolean,
  referenceDb?: number,
): SpectrogramData {
  const { values, nFrames, nMels, hopSec } = reduceFrames(input, maxFrames);
  const loudest = referenceDb ?? loudestOf(values);
  const reference = silent ? loudest + rangeDb : loudest;
  return {
    values: encodeUint8(values, reference - rangeDb, reference),
    nFrames,
    nMels,
    hopSec,
    fMinHz: input.fMinHz,
    fMaxHz: input.fMaxHz,
    melScale: input.melScale,
    dbMin: -rangeDb,
    dbMax: 0,
  };
}

/** The loudest cell in dB, as a figure of `maxFrames` shows it. */
export function loudestCell(input: SpectrogramInput, maxFrames: number): number {
  return loudestOf(reduceFrames(input, maxFrames).values);
}

function loudestOf(values: Float32Array): number {
  let loudest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > loudest) loudest = value;
  return loudest;
}
