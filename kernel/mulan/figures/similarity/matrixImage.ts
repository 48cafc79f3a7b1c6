import type { Rgb } from "../colour/rgb.ts";
import { clampUnit } from "../colour/rgb.ts";
import type { ValueScale } from "../contract.ts";
import { encodePng } from "../png/encodePng.ts";
import { colorScaleOf, positionOf } from "./valueScale.ts";

/** Even, so that 0 of a signed scale has a colour of its own. */
const levels = 254;
const missing: Rgb = [208, 215, 222];

/** A PNG of `[nRows, nColumns]` pixels, one a cell; grey where a value is missing. */
export function matrixImage(
  values: Float32Array,
  nRows: number,
  nColumns: number,
  scale: ValueScale,
): Uint8Array {
  const indices = Uint8Array.from(values, (value) =>
    Number.isFinite(value) ? Math.round(clampUnit(positionOf(scale, value)) * levels) : levels + 1,
  );
  const color = colorScaleOf(scale);
  const palette = Array.from({ length: levels + 1 }, (_, i) => color(i / levels));
  const bytes = Uint8Array.from([...palette, missing].flat());
  return encodePng({ width: nColumns, height: nRows, indices, palette: bytes });
}
