import { MulanError } from "../foundation/errors.ts";
import { joinFloats } from "./windowRows.ts";

interface Rows {
  readonly data: Float32Array | readonly ArrayLike<number>[];
  readonly dim?: number;
}

/** One row-major matrix `[n, dim]` of what may be rows. @throws MulanError `embeddings.shape` */
export function asMatrix({ data, dim }: Rows): { data: Float32Array; dim: number } {
  if (data instanceof Float32Array) {
    if (dim !== undefined && Number.isInteger(dim) && dim > 0 && data.length % dim === 0) {
      return { data, dim };
    }
    throw new MulanError("embeddings.shape", "the matrix does not divide into rows", {
      expected: "`dim`, the length of a row, that divides the data",
      got: `${data.length} numbers and dim ${dim}`,
    });
  }
  const width = dim ?? data[0]?.length ?? 0;
  const odd = data.findIndex((row) => row.length !== width);
  if (width === 0 || odd >= 0) {
    throw new MulanError("embeddings.shape", "the rows do not make a matrix", {
      expected: width === 0 ? "rows with at least one number, or `dim`" : `${width} numbers a row`,
      got: width === 0 ? "none" : `${data[odd]!.length} in row ${odd}`,
    });
  }
  return { data: joinFloats(data.map((row) => Float32Array.from(row))), dim: width };
}
