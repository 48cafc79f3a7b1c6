// Just enough WebAssembly to write small SIMD loops without a tool chain and without a file: JavaScript has no way
// to say "several multiplications at once" and reaches a tenth of the speed.

export type Code = readonly number[];

/** Of `wasmFunction`. */
export interface WasmFunction {
  readonly nParams: number;
  readonly nI32: number;
  readonly nV128: number;
  readonly result: "f32" | undefined;
  readonly body: Code;
}

interface Names<Param extends string, Int extends string, Vector extends string> {
  /** Addresses, counts and steps: i32. */
  readonly params: readonly Param[];
  readonly i32?: readonly Int[];
  readonly v128?: readonly Vector[];
  readonly result?: "f32";
}

/** `body` gets the number of each parameter and local by its name. */
export function wasmFunction<
  Param extends string,
  Int extends string = never,
  Vector extends string = never,
>(
  { params, i32: ints = [], v128: vectors = [], result }: Names<Param, Int, Vector>,
  body: (local: Readonly<Record<Param | Int | Vector, number>>) => Code,
): WasmFunction {
  const numbered = [...params, ...ints, ...vectors].map((name, i) => [name, i]);
  return {
    nParams: params.length,
    nI32: ints.length,
    nV128: vectors.length,
    result,
    body: body(Object.fromEntries(numbered)),
  };
}

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const FUNCTION = 0x60;
const EMPTY = 0x40;
const PAGE_BYTES = 65_536;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number): Code => [0x21, local];
export const tee = (local: number): Code => [0x22, local];
export const i32 = (value: number): Code => [0x41, ...signedLeb(value)];
export const I32_ADD: Code = [0x6a];
export const I32_SUBTRACT: Code = [0x6b];
export const I32_MULTIPLY: Code = [0x6c];
export const F32_ADD: Code = [0x92];
/** `pointer += step` */
export const advance = (pointer: number, step: Code): Code => [
  ...get(pointer),
  ...step,
  ...I32_ADD,
  ...set(pointer),
];
/** Runs `body` until `counter`, at least 1, comes down to 0. */
export const countDown = (counter: number, body: Code): Code => [
  ...[0x03, EMPTY],
  ...body,
  ...get(counter),
  ...i32(-1),
  ...I32_ADD,
  ...tee(counter),
  ...[0x0d, 0],
  0x0b,
];
/** The same for a counter that may be 0 from the start. */
export const countDownFrom0 = (counter: number, body: Code): Code => [
  ...get(counter),
  ...[0x04, EMPTY],
  ...countDown(counter, body),
  0x0b,
];

export const simd = (opcode: number, ...immediates: number[]): Code => [
  0xfd,
  ...leb(opcode),
  ...immediates,
];
const memory = (offset: number): Code => [0, ...leb(offset)];
export const loadI32 = (offset: number): Code => [0x28, ...memory(offset)];
export const storeF32 = (offset: number): Code => [0x38, ...memory(offset)];
export const load = (offset: number): Code => simd(0x00, ...memory(offset));
export const store = (offset: number): Code => simd(0x0b, ...memory(offset));
/** One f64 in both lanes. */
export const loadF64Twice = (offset: number): Code => simd(0x0a, ...memory(offset));
/** One f32 in lane 0. */
export const loadF32 = (offset: number): Code => simd(0x5c, ...memory(offset));
/** [address, v128] → v128 with one f32 more in lane 1. */
export const loadF32Lane1 = (offset: number): Code => simd(0x56, ...memory(offset), 1);
export const ZERO: Code = simd(0x0c, ...Array<number>(16).fill(0));
export const f32x4 = { add: simd(0xe4), multiply: simd(0xe6), lane: (i: number) => simd(0x1f, i) };
export const f64x2 = {
  add: simd(0xf0),
  subtract: simd(0xf1),
  multiply: simd(0xf2),
  /** f32 of lanes 0 and 1 as f64. */
  fromF32: simd(0x5f),
};

/** The types of WebAssembly come with lib "DOM", which the library must not see. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number }) => WasmMemory;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

type Exports<Names extends string> = { readonly [Name in Names]: (...args: number[]) => number };

/** Makes instances of one module, each with `nBytes` of memory of its own. */
export function wasmModule<Names extends string>(
  functions: Readonly<Record<Names, WasmFunction>>,
): (nBytes: number) => Exports<Names> & { readonly memory: WasmMemory } {
  const { Module, Instance, Memory } = (globalThis as unknown as { WebAssembly: WebAssemblyApi })
    .WebAssembly;
  let module: object | undefined;
  return (nBytes) => {
    module ??= new Module(assemble(functions));
    const memory = new Memory({ initial: Math.ceil(nBytes / PAGE_BYTES) });
    const { exports } = new Instance(module, { m: { m: memory } });
    return { ...(exports as Exports<Names>), memory };
  };
}

function assemble(functions: Readonly<Record<string, WasmFunction>>): Uint8Array {
  const all = Object.entries(functions);
  const count = leb(all.length);
  const types = all.flatMap(([, { nParams, result }]) => [
    FUNCTION,
    ...[nParams, ...Array<number>(nParams).fill(I32)],
    ...(result ? [1, F32] : [0]),
  ]);
  const importedMemory = [1, ...text("m"), ...text("m"), 0x02, 0x00, 1];
  const names = all.flatMap(([name], i) => [...text(name), 0, i]);
  const bodies = all.flatMap(([, { nI32, nV128, body }]) => {
    const code = [2, ...leb(nI32), I32, ...leb(nV128), V128, ...body, 0x0b];
    return [...leb(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [...count, ...types]),
    ...section(2, importedMemory),
    ...section(3, [...count, ...all.keys()]),
    ...section(7, [...count, ...names]),
    ...section(10, [...count, ...bodies]),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...leb(content.length), ...content];
}

function text(value: string): Code {
  return [value.length, ...Buffer.from(value, "latin1")];
}

function leb(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}

function signedLeb(value: number): Code {
  const last = value >= -0x40 && value < 0x40;
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signedLeb(value >> 7)];
}
