/**
 * A WebAssembly module of one SIMD function, assembled here so that it needs no tool chain and no file:
 * the dot products of 4 packed rows with every pair of packed rows of another matrix. Plain JavaScript
 * reaches a tenth of this speed, because it has no way to say "four multiplications at once".
 *
 * `dots(a, b, out, nPairs, nVectors, outStrideBytes)`: `a` holds 4 rows interleaved by vectors of 4 floats,
 * `b` pairs of rows interleaved likewise; products go to `out[row][column]`.
 */
export const ROWS_AT_ONCE = 4;
export const COLUMNS_AT_ONCE = 2;

const VECTOR_BYTES = 16;
const [A, B, OUT, PAIRS, VECTORS, STRIDE] = [0, 1, 2, 3, 4, 5];
const [PA, LEFT, ROW_OUT] = [6, 7, 8];
const FIRST_SUM = 9;
const N_SUMS = ROWS_AT_ONCE * COLUMNS_AT_ONCE;
const FIRST_COLUMN = FIRST_SUM + N_SUMS;

const I32 = 0x7f;
const V128 = 0x7b;

type Code = number[];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const i32 = (value: number): Code => [0x41, ...signedLeb(value)];
const I32_ADD: Code = [0x6a];
const simd = (opcode: number, ...rest: number[]): Code => [0xfd, ...leb(opcode), ...rest];
const load = (offset: number): Code => simd(0x00, 4, ...leb(offset));
const ZERO: Code = simd(0x0c, ...Array<number>(VECTOR_BYTES).fill(0));
const ADD: Code = simd(0xe4);
const MULTIPLY: Code = simd(0xe6);
const lane = (index: number): Code => simd(0x1f, index);
const F32_ADD: Code = [0x92];
const storeF32 = (offset: number): Code => [0x38, 2, ...leb(offset)];
const advance = (local: number, step: Code): Code => [
  ...get(local),
  ...step,
  ...I32_ADD,
  ...set(local),
];
/** Runs `body` until `counter` comes down to 0. */
const countDown = (counter: number, body: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...get(counter),
  ...i32(-1),
  ...I32_ADD,
  ...tee(counter),
  ...[0x0d, 0],
  0x0b,
];

const range = (n: number) => [...Array(n).keys()];
const sumAt = (row: number, column: number) => FIRST_SUM + row * COLUMNS_AT_ONCE + column;

function multiplyAdd(): Code {
  return [
    ...range(COLUMNS_AT_ONCE).flatMap((column) => [
      ...get(B),
      ...load(column * VECTOR_BYTES),
      ...set(FIRST_COLUMN + column),
    ]),
    ...range(ROWS_AT_ONCE).flatMap((row) => [
      ...get(PA),
      ...load(row * VECTOR_BYTES),
      ...set(FIRST_COLUMN + COLUMNS_AT_ONCE),
      ...range(COLUMNS_AT_ONCE).flatMap((column) => [
        ...get(sumAt(row, column)),
        ...get(FIRST_COLUMN + COLUMNS_AT_ONCE),
        ...get(FIRST_COLUMN + column),
        ...MULTIPLY,
        ...ADD,
        ...set(sumAt(row, column)),
      ]),
    ]),
    ...advance(PA, i32(ROWS_AT_ONCE * VECTOR_BYTES)),
    ...advance(B, i32(COLUMNS_AT_ONCE * VECTOR_BYTES)),
  ];
}

function storeSums(): Code {
  const total = (sum: number): Code => [
    ...range(4).flatMap((i) => [...get(sum), ...lane(i), ...(i > 0 ? F32_ADD : [])]),
  ];
  return [
    ...get(OUT),
    ...set(ROW_OUT),
    ...range(ROWS_AT_ONCE).flatMap((row) => [
      ...range(COLUMNS_AT_ONCE).flatMap((column) => [
        ...get(ROW_OUT),
        ...total(sumAt(row, column)),
        ...storeF32(column * 4),
      ]),
      ...advance(ROW_OUT, get(STRIDE)),
    ]),
    ...advance(OUT, i32(COLUMNS_AT_ONCE * 4)),
  ];
}

function dotsBody(): Code {
  const clearSums = range(N_SUMS).flatMap((i) => [...ZERO, ...set(FIRST_SUM + i)]);
  const start: Code = [...get(A), ...set(PA), ...get(VECTORS), ...set(LEFT), ...clearSums];
  const locals: Code = [2, 3, I32, ...leb(N_SUMS + COLUMNS_AT_ONCE + 1), V128];
  const body = countDown(PAIRS, [...start, ...countDown(LEFT, multiplyAdd()), ...storeSums()]);
  return [...locals, ...body, 0x0b];
}

/** The module: exports `memory` and `dots`. */
export function dotKernelModule(): Uint8Array<ArrayBuffer> {
  const body = dotsBody();
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name("memory"), 2, 0, ...name("dots"), 0, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...leb(content.length), ...content];
}

function name(text: string): Code {
  return [text.length, ...Buffer.from(text)];
}

function leb(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}

function signedLeb(value: number): Code {
  const last = value >= -0x40 && value < 0x40;
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signedLeb(value >> 7)];
}
