// Four real frames at once, as two complex transforms side by side: a SIMD register holds the same number of both.
// "Slot" k of an array is 32 bytes: the real parts of both transforms, then their imaginary parts; frames 0 and 2
// are real parts, frames 1 and 3 imaginary ones. All numbers are f64, so quiet bands survive beside loud ones.
import {
  advance,
  type Code,
  countDown,
  countDownFrom0,
  f64x2,
  get,
  I32_ADD,
  I32_MULTIPLY,
  I32_SUBTRACT,
  i32,
  load,
  loadF32,
  loadF32Lane1,
  loadF64Twice,
  loadI32,
  set,
  store,
  wasmFunction,
  wasmModule,
  ZERO,
} from "../../foundation/wasmAssembler.ts";

export const NUMBER_BYTES = 8;
export const NUMBERS_PER_SLOT = 4;
export const SLOT_BYTES = NUMBERS_PER_SLOT * NUMBER_BYTES;
/** Bytes of a twiddle: exp(−2πi·p/n) and its square and cube. */
export const TWIDDLE_BYTES = 48;
/** Bytes of a filter's head: address of its first power, address of its first weight, number of weights. */
export const FILTER_BYTES = 12;
const IM = 16;

const binary =
  (operation: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...operation];
const add = binary(f64x2.add);
const subtract = binary(f64x2.subtract);
const multiply = binary(f64x2.multiply);
const sum = binary(I32_ADD);
const product = binary(I32_MULTIPLY);
const put = (local: number, value: Code): Code => [...value, ...set(local)];
const storeAt = (pointer: number, offset: number, value: Code): Code => [
  ...get(pointer),
  ...value,
  ...store(offset),
];
const loadAt = (pointer: number, offset = 0): Code => [...get(pointer), ...load(offset)];

/** `windowed(frame0, hop, window, slots, n)`: f32 samples of four frames, `hop` bytes apart, times the f64 window. */
const windowed = wasmFunction(
  {
    params: ["frame0", "hop", "window", "slots", "left"],
    i32: ["frame1", "frame2", "frame3"],
    v128: ["weight"],
  },
  ({ frame0, hop, window, slots, left, frame1, frame2, frame3, weight }) => {
    const samples = (first: number, second: number): Code => [
      ...get(second),
      ...[...get(first), ...loadF32(0)],
      ...loadF32Lane1(0),
      ...f64x2.fromF32,
    ];
    return [
      ...put(frame1, sum(get(frame0), get(hop))),
      ...put(frame2, sum(get(frame1), get(hop))),
      ...put(frame3, sum(get(frame2), get(hop))),
      ...countDown(left, [
        ...put(weight, [...get(window), ...loadF64Twice(0)]),
        ...storeAt(slots, 0, multiply(samples(frame0, frame2), get(weight))),
        ...storeAt(slots, IM, multiply(samples(frame1, frame3), get(weight))),
        ...[frame0, frame1, frame2, frame3].flatMap((frame) => advance(frame, i32(4))),
        ...advance(window, i32(8)),
        ...advance(slots, i32(SLOT_BYTES)),
      ]),
    ];
  },
);

/**
 * `radix4(a, to, twiddles, nTwiddles, stride)`: one stage of Stockham's self-sorting FFT, which needs no bit reversal.
 * `stride` counts slots; a quarter of the array is nTwiddles · stride of them.
 */
const radix4 = wasmFunction(
  {
    params: ["a", "to", "twiddles", "left", "stride"],
    i32: ["quarter", "step", "inner", "b", "c", "d", "to1", "to2", "to3"],
    v128: [
      ...["sumRe", "sumIm", "differenceRe", "differenceIm"],
      ...["sumBdRe", "sumBdIm", "turnedRe", "turnedIm", "xRe", "xIm"],
      ...["w1Re", "w1Im", "w2Re", "w2Im", "w3Re", "w3Im"],
    ] as const,
  },
  (local) => {
    const { a, b, c, d, to, to1, to2, to3, twiddles, left, stride, quarter, step, inner } = local;
    const v = (name: keyof typeof local) => get(local[name]);
    const { xRe, xIm } = local;
    /** The product with the twiddle of this power. */
    const storeTurned = (pointer: number, power: 1 | 2 | 3, re: Code, im: Code): Code => {
      const [wRe, wIm] = [v(`w${power}Re`), v(`w${power}Im`)];
      return [
        ...put(xRe, re),
        ...put(xIm, im),
        ...storeAt(pointer, 0, subtract(multiply(get(xRe), wRe), multiply(get(xIm), wIm))),
        ...storeAt(pointer, IM, add(multiply(get(xRe), wIm), multiply(get(xIm), wRe))),
      ];
    };
    const butterfly: Code = [
      ...put(local.sumRe, add(loadAt(a), loadAt(c))),
      ...put(local.sumIm, add(loadAt(a, IM), loadAt(c, IM))),
      ...put(local.differenceRe, subtract(loadAt(a), loadAt(c))),
      ...put(local.differenceIm, subtract(loadAt(a, IM), loadAt(c, IM))),
      ...put(local.sumBdRe, add(loadAt(b), loadAt(d))),
      ...put(local.sumBdIm, add(loadAt(b, IM), loadAt(d, IM))),
      // −i · (b − d)
      ...put(local.turnedRe, subtract(loadAt(b, IM), loadAt(d, IM))),
      ...put(local.turnedIm, subtract(loadAt(d), loadAt(b))),
      ...storeAt(to, 0, add(v("sumRe"), v("sumBdRe"))),
      ...storeAt(to, IM, add(v("sumIm"), v("sumBdIm"))),
      ...storeTurned(
        to1,
        1,
        add(v("differenceRe"), v("turnedRe")),
        add(v("differenceIm"), v("turnedIm")),
      ),
      ...storeTurned(
        to2,
        2,
        subtract(v("sumRe"), v("sumBdRe")),
        subtract(v("sumIm"), v("sumBdIm")),
      ),
      ...storeTurned(
        to3,
        3,
        subtract(v("differenceRe"), v("turnedRe")),
        subtract(v("differenceIm"), v("turnedIm")),
      ),
      ...[a, b, c, d, to, to1, to2, to3].flatMap((pointer) => advance(pointer, i32(SLOT_BYTES))),
    ];
    const loadTwiddle = (name: keyof typeof local, offset: number): Code =>
      put(local[name], [...get(twiddles), ...loadF64Twice(offset)]);
    return [
      ...put(step, product(get(stride), i32(SLOT_BYTES))),
      ...put(quarter, product(get(step), get(left))),
      ...put(b, sum(get(a), get(quarter))),
      ...put(c, sum(get(b), get(quarter))),
      ...put(d, sum(get(c), get(quarter))),
      ...countDown(left, [
        ...[...loadTwiddle("w1Re", 0), ...loadTwiddle("w1Im", 8)],
        ...[...loadTwiddle("w2Re", 16), ...loadTwiddle("w2Im", 24)],
        ...[...loadTwiddle("w3Re", 32), ...loadTwiddle("w3Im", 40)],
        ...put(to1, sum(get(to), get(step))),
        ...put(to2, sum(get(to1), get(step))),
        ...put(to3, sum(get(to2), get(step))),
        ...put(inner, get(stride)),
        ...countDown(inner, butterfly),
        ...put(to, get(to3)),
        ...advance(twiddles, i32(TWIDDLE_BYTES)),
      ]),
    ];
  },
);

/** `radix2(a, to, n)`: the last stage of a size that is no power of 4; `n` is half of it. */
const radix2 = wasmFunction(
  { params: ["a", "to", "left"], i32: ["half", "b", "to1"] },
  ({ a, to, left, half, b, to1 }) => {
    const parts = (operation: typeof add, target: number): Code =>
      [0, IM].flatMap((part) => storeAt(target, part, operation(loadAt(a, part), loadAt(b, part))));
    return [
      ...put(half, product(get(left), i32(SLOT_BYTES))),
      ...put(b, sum(get(a), get(half))),
      ...put(to1, sum(get(to), get(half))),
      ...countDown(left, [
        ...parts(add, to),
        ...parts(subtract, to1),
        ...[a, b, to, to1].flatMap((pointer) => advance(pointer, i32(SLOT_BYTES))),
      ]),
    ];
  },
);

/**
 * `powers(spectrum, mirror, to, nBins)`: |2X|² of the four frames. Of a complex Z made of two real frames,
 * X = (Z[k] + conj Z[n−k]) / 2 is the real one's spectrum, (Z[k] − conj Z[n−k]) / 2i the imaginary one's. `mirror`
 * begins at slot n, which repeats slot 0.
 */
const powers = wasmFunction(
  { params: ["z", "mirror", "to", "left"], v128: ["x", "y"] },
  ({ z, mirror, to, left, x, y }) => {
    const square = (local: number): Code => multiply(get(local), get(local));
    const power = (offset: number, re: Code, im: Code): Code => [
      ...put(x, re),
      ...put(y, im),
      ...storeAt(to, offset, add(square(x), square(y))),
    ];
    return countDown(left, [
      ...power(0, add(loadAt(z), loadAt(mirror)), subtract(loadAt(z, IM), loadAt(mirror, IM))),
      ...power(IM, subtract(loadAt(z), loadAt(mirror)), add(loadAt(z, IM), loadAt(mirror, IM))),
      ...put(mirror, [...get(mirror), ...i32(SLOT_BYTES), ...I32_SUBTRACT]),
      ...[z, to].flatMap((pointer) => advance(pointer, i32(SLOT_BYTES))),
    ]);
  },
);

/** `filter(heads, to, nFilters)`: the weighted sums of the powers, a slot for each filter. */
const filter = wasmFunction(
  {
    params: ["heads", "to", "left"],
    i32: ["power", "weights", "n"],
    v128: ["sumReal", "sumImaginary", "weight"],
  },
  ({ heads, to, left, power, weights, n, sumReal, sumImaginary, weight }) =>
    countDown(left, [
      ...put(power, [...get(heads), ...loadI32(0)]),
      ...put(weights, [...get(heads), ...loadI32(4)]),
      ...put(n, [...get(heads), ...loadI32(8)]),
      ...put(sumReal, ZERO),
      ...put(sumImaginary, ZERO),
      ...countDownFrom0(n, [
        ...put(weight, [...get(weights), ...loadF64Twice(0)]),
        ...put(sumReal, add(get(sumReal), multiply(loadAt(power), get(weight)))),
        ...put(sumImaginary, add(get(sumImaginary), multiply(loadAt(power, IM), get(weight)))),
        ...advance(power, i32(SLOT_BYTES)),
        ...advance(weights, i32(8)),
      ]),
      ...storeAt(to, 0, get(sumReal)),
      ...storeAt(to, IM, get(sumImaginary)),
      ...advance(heads, i32(FILTER_BYTES)),
      ...advance(to, i32(SLOT_BYTES)),
    ]),
);

export const spectrumKernel = wasmModule({ windowed, radix4, radix2, powers, filter });

export type SpectrumKernel = ReturnType<typeof spectrumKernel>;
