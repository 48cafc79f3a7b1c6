import type { SpectrogramData } from "../../kernel/mulan/figures/contract.ts";
import { type ColorScale, hzToMel } from "../../kernel/mulan/figures/contractLook.ts";
import type { FrequencyAxis } from "./frequencyAxis.ts";

export interface SpectrogramView {
  readonly axis: FrequencyAxis;
  /** How far below the loudest cell colours begin. */
  readonly rangeDb: number;
  readonly scale: ColorScale;
}

/** A frame a pixel to the right, `height` pixels upwards. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** @param bytes `[nFrames, nMels]`, 0 for dbMin to 255 for dbMax */
export function spectrogramPixels(
  data: SpectrogramData,
  bytes: Uint8Array,
  view: SpectrogramView,
  height: number,
): Pixels {
  const { nFrames, nMels } = data;
  const colors = colorTable(data, view);
  const rgba = new Uint8ClampedArray(4 * nFrames * height);
  for (let y = 0; y < height; y++) {
    const mel = bandAt(data, view.axis, 1 - (y + 0.5) / height);
    for (let frame = 0; frame < nFrames; frame++) {
      const color = 4 * bytes[frame * nMels + mel]!;
      const at = 4 * (y * nFrames + frame);
      for (let channel = 0; channel < 4; channel++) rgba[at + channel] = colors[color + channel]!;
    }
  }
  return { width: nFrames, height, rgba };
}

/** The mel band drawn at a position of the axis. On a linear or log axis a band is as wide as it really is. */
export function bandAt(data: SpectrogramData, axis: FrequencyAxis, position: number): number {
  const { nMels, fMinHz, fMaxHz, melScale } = data;
  const low = hzToMel(fMinHz, melScale);
  const high = hzToMel(fMaxHz, melScale);
  const share = (hzToMel(axis.hzAt(position), melScale) - low) / (high - low);
  return Math.min(nMels - 1, Math.max(0, Math.floor(share * nMels + 1e-9)));
}

/** The colour of each of the 256 values, RGBA. */
function colorTable(
  { dbMin, dbMax }: SpectrogramData,
  { rangeDb, scale }: SpectrogramView,
): Uint8Array {
  const table = new Uint8Array(4 * 256);
  for (let value = 0; value < 256; value++) {
    const db = dbMin + ((dbMax - dbMin) * value) / 255;
    table.set([...scale(1 + (db - dbMax) / rangeDb), 255], 4 * value);
  }
  return table;
}
