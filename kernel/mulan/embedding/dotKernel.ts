import {
  advance,
  type Code,
  countDown,
  F32_ADD,
  f32x4,
  get,
  i32,
  load,
  set,
  storeF32,
  wasmFunction,
  wasmModule,
  ZERO,
} from "../foundation/wasmAssembler.ts";

export const ROWS_AT_ONCE = 4;
export const COLUMNS_AT_ONCE = 2;
const VECTOR_BYTES = 16;

const SUMS = [
  ...["sum00", "sum01", "sum10", "sum11"],
  ...["sum20", "sum21", "sum30", "sum31"],
] as const;

/**
 * `dots(a, b, out, nPairs, nVectors, outStrideBytes)`: the dot products of 4 packed rows with every pair of packed
 * rows of another matrix. `a` holds 4 rows interleaved by vectors of 4 floats, `b` pairs of rows likewise; products
 * go to `out[row][column]`.
 */
const dots = wasmFunction(
  {
    params: ["a", "b", "out", "pairs", "nVectors", "stride"],
    i32: ["pointer", "left", "rowOut"],
    v128: [...SUMS, "column0", "column1", "row"],
  },
  (local) => {
    const { a, b, out, pairs, nVectors, stride, pointer, left, rowOut, row } = local;
    const columns = [local.column0, local.column1];
    const sums = SUMS.map((name) => local[name]);
    const sumAt = (i: number, column: number) => sums[i * COLUMNS_AT_ONCE + column]!;
    const rows = [...Array(ROWS_AT_ONCE).keys()];
    const multiplyAdd: Code = [
      ...columns.flatMap((column, i) => [...get(b), ...load(i * VECTOR_BYTES), ...set(column)]),
      ...rows.flatMap((i) => [
        ...get(pointer),
        ...load(i * VECTOR_BYTES),
        ...set(row),
        ...columns.flatMap((column, j) => [
          ...get(sumAt(i, j)),
          ...get(row),
          ...get(column),
          ...f32x4.multiply,
          ...f32x4.add,
          ...set(sumAt(i, j)),
        ]),
      ]),
      ...advance(pointer, i32(ROWS_AT_ONCE * VECTOR_BYTES)),
      ...advance(b, i32(COLUMNS_AT_ONCE * VECTOR_BYTES)),
    ];
    const total = (sum: number): Code =>
      [0, 1, 2, 3].flatMap((i) => [...get(sum), ...f32x4.lane(i), ...(i > 0 ? F32_ADD : [])]);
    return countDown(pairs, [
      ...[...get(a), ...set(pointer)],
      ...[...get(nVectors), ...set(left)],
      ...sums.flatMap((sum) => [...ZERO, ...set(sum)]),
      ...countDown(left, multiplyAdd),
      ...[...get(out), ...set(rowOut)],
      ...rows.flatMap((i) => [
        ...columns.flatMap((_, j) => [...get(rowOut), ...total(sumAt(i, j)), ...storeF32(4 * j)]),
        ...advance(rowOut, get(stride)),
      ]),
      ...advance(out, i32(COLUMNS_AT_ONCE * 4)),
    ]);
  },
);

/** Takes the bytes of memory: a fresh instance each time, which goes when its caller is done. */
export const dotKernel = wasmModule({ dots });
