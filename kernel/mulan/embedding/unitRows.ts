import { MulanError } from "../foundation/errors.ts";

/** The smallest and largest row length that came in, where rows were not of unit length. */
export interface NormsBefore {
  readonly min: number;
  readonly max: number;
}

export interface UnitRows {
  readonly data: Float32Array;
  readonly normsBefore?: NormsBefore;
}

/** Rows within this of unit length stay as they are, bit for bit: float32 rounding of a 1,024-d row is below it. */
const UNIT_TOLERANCE = 1e-5;

/**
 * Rows of length 1 (L2). `data` `[n, dim]` itself is returned when its rows have that length already.
 * @param labels names the rows in errors
 * @throws MulanError `embeddings.not-finite`, `embeddings.zero`
 */
export function unitRows(
  data: Float32Array,
  dim: number,
  labels: readonly string[] = [],
): UnitRows {
  const n = data.length / dim;
  const norms = new Float64Array(n);
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let i = 0; i < n; i++) {
    const norm = rowNorm(data, i, dim);
    if (!Number.isFinite(norm) || norm === 0) throw badRow(data, i, dim, labels[i]);
    norms[i] = norm;
    min = Math.min(min, norm);
    max = Math.max(max, norm);
  }
  if (n === 0 || (min > 1 - UNIT_TOLERANCE && max < 1 + UNIT_TOLERANCE)) return { data };
  const scaled = new Float32Array(data.length);
  for (let i = 0; i < n; i++) {
    const norm = norms[i]!;
    for (let j = i * dim; j < (i + 1) * dim; j++) scaled[j] = data[j]! / norm;
  }
  return { data: scaled, normsBefore: { min, max } };
}

/** In float64: a float32 row never overflows or vanishes there. */
function rowNorm(data: Float32Array, row: number, dim: number): number {
  let sum = 0;
  for (let j = row * dim; j < (row + 1) * dim; j++) sum += data[j]! * data[j]!;
  return Math.sqrt(sum);
}

function badRow(data: Float32Array, row: number, dim: number, label = ""): MulanError {
  const values = data.subarray(row * dim, (row + 1) * dim);
  const which = `row ${row}${label ? ` "${label}"` : ""}`;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    return new MulanError("embeddings.not-finite", `${which} is not a usable embedding`, {
      expected: `${dim} finite numbers`,
      got: `${values[bad]} at position ${bad}`,
    });
  }
  return new MulanError("embeddings.zero", `${which} is all zeros and has no direction`, {
    expected: "a vector that can be scaled to length 1",
    remedy: "Leave this row out, or look at what the model was given for it",
  });
}
