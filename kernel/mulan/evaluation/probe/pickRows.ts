import type { ProbeRows } from "../logistic/fitLogistic.ts";

/** Some rows of a matrix `[n, dim]`, in the order asked for. */
export function pickRows({ data, dim }: ProbeRows, rows: ArrayLike<number>): ProbeRows {
  const picked = new Float32Array(rows.length * dim);
  for (let to = 0; to < rows.length; to++) {
    const from = rows[to]! * dim;
    picked.set(data.subarray(from, from + dim), to * dim);
  }
  return { data: picked, dim };
}
