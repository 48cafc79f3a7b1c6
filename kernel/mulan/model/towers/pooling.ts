import { MulanError } from "../../foundation/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";

export type Pooling = Manifest["audio"]["pooling"];

export interface Pooled {
  /** `[nWindows, dim]`: the windows as they went into the mean. */
  readonly windows: Float32Array;
  /** `[dim]` */
  readonly clip: Float32Array;
}

/**
 * One vector of a clip's windows: each scaled to length 1 if the model has it so, their mean, that scaled again.
 * @param raw `[nWindows, dim]` as the tower put them out
 * @throws MulanError `model.not-finite`, `model.zero`
 */
export function poolWindows(raw: Float32Array, dim: number, pooling: Pooling): Pooled {
  const n = raw.length / dim;
  const windows = pooling.normalizeWindows ? normalizeRows(raw, dim) : raw;
  const sum = new Float64Array(dim);
  for (let i = 0; i < windows.length; i++) sum[i % dim]! += windows[i]!;
  const mean = Float32Array.from(sum, (value) => value / n);
  return { windows, clip: pooling.normalize ? normalizeRows(mean, dim) : mean };
}

/**
 * Rows scaled to length 1 (L2).
 * @throws MulanError `model.not-finite`, `model.zero`
 */
export function normalizeRows(rows: Float32Array, dim: number): Float32Array {
  const unit = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += dim) {
    let squares = 0;
    for (let j = start; j < start + dim; j++) squares += rows[j]! * rows[j]!;
    const norm = Math.sqrt(squares);
    if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) throw unusable(norm);
    for (let j = start; j < start + dim; j++) unit[j] = rows[j]! / norm;
  }
  return unit;
}

function unusable(norm: number): MulanError {
  return norm === 0
    ? new MulanError("model.zero", "the model put out zeros only, which have no direction")
    : new MulanError("model.not-finite", "the model put out NaN or infinity", {
        remedy: "Try another device or precision: half precision overflows on some",
      });
}
