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
  wasmFunction,
  wasmModule,
} from "../../foundation/wasmAssembler.ts";

/** Floats that one turn of the loop multiplies. */
export const FIR_BLOCK = 16;

/** `dot(a, b, n)`: the inner product of 16·n floats at two addresses (any alignment), with four sums side by side. */
const dot = wasmFunction(
  { params: ["a", "b", "left"], v128: ["sum0", "sum1", "sum2", "sum3"], result: "f32" },
  ({ a, b, left, ...sums }) => {
    const all = Object.values(sums);
    const [first, ...others] = all as [number, ...number[]];
    const lane = (index: number): Code => [...get(first), ...f32x4.lane(index)];
    return [
      ...countDown(left, [
        ...all.flatMap((sum, i) => [
          ...get(sum),
          ...[...get(a), ...load(16 * i)],
          ...[...get(b), ...load(16 * i)],
          ...f32x4.multiply,
          ...f32x4.add,
          ...set(sum),
        ]),
        ...[a, b].flatMap((pointer) => advance(pointer, i32(4 * FIR_BLOCK))),
      ]),
      ...get(first),
      ...others.flatMap((sum) => [...get(sum), ...f32x4.add]),
      ...set(first),
      ...lane(0),
      ...[1, 2, 3].flatMap((index) => [...lane(index), ...F32_ADD]),
    ];
  },
);

/** Takes the bytes of memory. */
export const firKernel = wasmModule({ dot });

export type FirKernel = ReturnType<typeof firKernel>;
