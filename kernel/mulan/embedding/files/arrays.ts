import { MulanError } from "../../foundation/errors.ts";
import type { FilePart } from "./rowNames.ts";

/** One array of a file: numbers, or strings. */
export interface FileArray {
  readonly shape: readonly number[];
  /** How the file calls the element type: "<f4", "BF16". */
  readonly type: string;
  readonly numbers?: Float32Array | Float64Array | Uint32Array;
  readonly texts?: readonly string[];
  /** Beside `numbers`, for integers of 64 bits: ids may have more digits than a float64 keeps. */
  readonly wideInts?: BigInt64Array | BigUint64Array;
}

export type FileArrays = ReadonlyMap<string, FileArray>;

export interface Matrix {
  /** `[n, dim]`, row-major. */
  readonly data: Float32Array;
  readonly dim: number;
}

/** The name under which this library writes the matrix into files that hold several arrays. */
export const MATRIX_NAME = "embeddings";

/**
 * The embeddings among a file's arrays: the one called as the part that is asked for, the one called "embeddings", else
 * the only 2-D array of numbers.
 * @throws MulanError `embedding-file.ambiguous`, `embedding-file.no-matrix`
 */
export function pickMatrix(arrays: FileArrays, path: string, part?: FilePart): Matrix {
  if (part && holdsMatrix(arrays, part)) return asMatrix(arrays.get(part)!, path);
  const named = arrays.get(MATRIX_NAME);
  if (named?.numbers) return asMatrix(named, path);
  const candidates = [...arrays.values()].filter(
    ({ shape, numbers }) => numbers && shape.length === 2,
  );
  if (candidates.length === 1) return asMatrix(candidates[0]!, path);
  const [code, message] =
    candidates.length > 1
      ? (["embedding-file.ambiguous", "several arrays here could be the embeddings"] as const)
      : (["embedding-file.no-matrix", "no array here can be the embeddings"] as const);
  throw new MulanError(code, message, {
    subject: path,
    expected: `one called "${MATRIX_NAME}", or exactly one 2-D array of numbers`,
    got: listArrays(arrays),
    remedy: `Save the right one under the name "${MATRIX_NAME}"`,
  });
}

export function holdsMatrix(arrays: FileArrays, name: string): boolean {
  const array = arrays.get(name);
  return array?.numbers !== undefined && array.shape.length === 2;
}

/** A matrix `[n, dim]`; a 1-D array is one row. @throws MulanError `embedding-file.no-matrix` */
export function asMatrix({ shape, numbers, type }: FileArray, path: string): Matrix {
  const dim = shape.at(-1) ?? 0;
  if (!numbers || dim === 0 || shape.length > 2) {
    throw new MulanError("embedding-file.no-matrix", "this array is not a matrix of embeddings", {
      subject: path,
      expected: "numbers of shape [n, dim]",
      got: `${type} of shape [${shape.join(", ")}]`,
    });
  }
  return { data: numbers instanceof Float32Array ? numbers : Float32Array.from(numbers), dim };
}

export function listArrays(arrays: FileArrays): string {
  const parts = [...arrays].map(
    ([name, { shape, type }]) => `${name} ${type} [${shape.join(", ")}]`,
  );
  return parts.length > 0 ? parts.join("; ") : "no arrays";
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
