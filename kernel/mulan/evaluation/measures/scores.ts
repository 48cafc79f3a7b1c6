import { MulanError } from "../../foundation/errors.ts";
import { toDescendingKeys } from "./descendingOrder.ts";

/** The bits that a float32 has all set when it is no finite number. */
const EXPONENT = 0x7f800000;

/**
 * One column of a matrix of scores as keys for `sortKeys`: equal keys are equal scores, a smaller key is a
 * better score.
 * @param width numbers a row of `scores`
 * @throws MulanError `measures.nan`, naming row and column
 */
export function columnKeys(scores: Float32Array, column = 0, width = 1): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const n = scores.length / width;
  const keys = new Uint32Array(n);
  for (let row = 0, at = column; row < n; row++, at += width) {
    const own = bits[at]!;
    if ((own & EXPONENT) === EXPONENT) notFinite(scores[at]!, row, width > 1 ? column : undefined);
    keys[row] = own;
  }
  toDescendingKeys(keys);
  return keys;
}

/**
 * The same for any list of numbers: what float32 would round to a tie stays apart.
 * @throws MulanError `measures.nan`
 */
export function listKeys(scores: ArrayLike<number>): Uint32Array {
  if (scores instanceof Float32Array) return columnKeys(scores);
  const values = Float64Array.from(scores);
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) notFinite(values[odd]!, odd);
  const sorted = values.toSorted().reverse();
  const places = new Map<number, number>();
  for (const value of sorted) if (!places.has(value)) places.set(value, places.size);
  return Uint32Array.from(values, (value) => places.get(value)!);
}

/** @throws MulanError `measures.nan`, naming row and column */
export function assertFinite(scores: Float32Array, width: number): void {
  const odd = scores.findIndex((score) => !Number.isFinite(score));
  if (odd >= 0) notFinite(scores[odd]!, Math.floor(odd / width), odd % width);
}

function notFinite(score: number, row: number, column?: number): never {
  const place = column === undefined ? `score ${row}` : `row ${row}, column ${column}`;
  throw new MulanError("measures.nan", `${place} is not a number that can be ranked`, {
    expected: "finite scores (rows and columns count from 0)",
    got: String(score),
    remedy: "Leave that item out, or find out why the model gave no number for it",
  });
}

/** @throws MulanError `measures.shape` */
export function checkShape(what: string, got: number, expected: number, why: string): void {
  if (got === expected) return;
  throw new MulanError("measures.shape", `the number of ${what} does not fit`, {
    expected: `${expected} (${why})`,
    got: String(got),
  });
}
