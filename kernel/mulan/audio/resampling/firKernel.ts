/**
 * A WebAssembly module of one SIMD function, assembled here so that it needs no tool chain and no file:
 * `dot(a, b, n)`, the inner product of 16·n floats at two addresses (any alignment), with four sums side by side.
 */
export interface FirKernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly dot: (a: number, b: number, nBlocks: number) => number;
}

/** The types of WebAssembly come with lib "DOM", which this room must not see. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** Floats that one turn of the loop multiplies. */
export const FIR_BLOCK = 16;
const PAGE_BYTES = 65_536;
const [A, B, LEFT] = [0, 1, 2];
const SUMS = [3, 4, 5, 6];

type Code = readonly number[];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const i32 = (value: number): Code => [0x41, ...signedLeb(value)];
const I32_ADD: Code = [0x6a];
const simd = (opcode: number, ...rest: number[]): Code => [0xfd, ...leb(opcode), ...rest];
const load = (offset: number): Code => simd(0x00, 0, ...leb(offset));
const ADD = simd(0xe4);
const MULTIPLY = simd(0xe6);
const lane = (index: number): Code => simd(0x1f, index);
const F32_ADD: Code = [0x92];

const loop: Code = [
  ...[0x03, 0x40],
  ...SUMS.flatMap((sum, i) => [
    ...get(sum),
    ...get(A),
    ...load(16 * i),
    ...get(B),
    ...load(16 * i),
    ...MULTIPLY,
    ...ADD,
    ...set(sum),
  ]),
  ...[A, B].flatMap((pointer) => [
    ...get(pointer),
    ...i32(4 * FIR_BLOCK),
    ...I32_ADD,
    ...set(pointer),
  ]),
  ...[...get(LEFT), ...i32(-1), ...I32_ADD, 0x22, LEFT, 0x0d, 0, 0x0b],
];

const total: Code = [
  ...get(SUMS[0]!),
  ...SUMS.slice(1).flatMap((sum) => [...get(sum), ...ADD]),
  ...set(SUMS[0]!),
  ...[0, 1, 2, 3].flatMap((i) => [...get(SUMS[0]!), ...lane(i), ...(i > 0 ? F32_ADD : [])]),
];

/** A kernel whose memory holds at least `nFloats`. */
export function firKernel(nFloats: number): FirKernel {
  const body = [1, SUMS.length, 0x7b, ...loop, ...total, 0x0b];
  const pages = Math.ceil((4 * nFloats) / PAGE_BYTES);
  const text = (value: string) => [value.length, ...Buffer.from(value, "latin1")];
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, 0x7f, 0x7f, 0x7f, 1, 0x7d]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...leb(pages)]),
    ...section(7, [2, ...text("memory"), 2, 0, ...text("dot"), 0, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
  return new Instance(new Module(bytes)).exports as FirKernel;
}

function section(id: number, content: Code): Code {
  return [id, ...leb(content.length), ...content];
}

function leb(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

function signedLeb(value: number): Code {
  return value >= -64 && value < 64
    ? [value & 127]
    : [(value & 127) | 128, ...signedLeb(value >> 7)];
}
