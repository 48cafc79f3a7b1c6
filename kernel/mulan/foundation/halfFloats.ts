// IEEE 754 binary16 and bfloat16 as their bits: Float16Array is not in Node 20.

const HALF_INFINITY = 0x7c00;
const HALF_QUIET_NAN = 0x7e00;
/** The least float32 that rounds to infinity: halfway between 65,504 and what would follow it. */
const OVERFLOW_BITS = 0x477ff000;
/** 2⁻¹⁴, the least normal half. */
const LEAST_NORMAL_BITS = 0x38800000;
/** What the exponents of float32 (bias 127) and of half (bias 15) differ by, in float32's place. */
const REBIAS = (127 - 15) << 23;

/** Each half has its own float32, so this loses nothing. */
export function float16ToFloat32(halves: Uint16Array): Float32Array {
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = valueOfHalf(halves[i]!);
  return floats;
}

/** The nearest half of each number, of two equally near ones the even one; from 65,520 on infinity, as numpy has it. */
export function float32ToFloat16(floats: Float32Array): Uint16Array {
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  const halves = new Uint16Array(floats.length);
  for (let i = 0; i < floats.length; i++) halves[i] = halfOfBits(bits[i]!);
  return halves;
}

/** bfloat16 is the upper half of a float32. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const floats = Uint32Array.from(bits, (half) => half << 16);
  return new Float32Array(floats.buffer);
}

function valueOfHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function halfOfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | HALF_QUIET_NAN;
  if (magnitude >= OVERFLOW_BITS) return sign | HALF_INFINITY;
  // A carry out of the fraction rightly raises the exponent.
  if (magnitude >= LEAST_NORMAL_BITS) return sign | roundedShift(magnitude - REBIAS, 13);
  const exponent = magnitude >>> 23;
  // Below 2⁻²⁵ all is nearer to 0 than to the least subnormal, 2⁻²⁴.
  if (exponent < 102) return sign;
  return sign | roundedShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
}

/** value / 2^shift, to the nearest, of two equally near to the even one. */
function roundedShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && kept & 1) ? kept + 1 : kept;
}
