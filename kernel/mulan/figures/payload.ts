// Numbers inside JSON: base64 of little-endian bytes. Runs in Node and in a renderer alike.

/** Bytes as base64 (RFC 4648, padded). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  // String.fromCharCode takes a limited number of arguments.
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
}

/** @throws DOMException when the text is not base64 */
export function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** IEEE 754 half precision, rounded to nearest even: cosines keep 3 decimals. */
export function encodeFloat16(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const half = toHalf(values[i]!);
    bytes[2 * i] = half & 0xff;
    bytes[2 * i + 1] = half >> 8;
  }
  return encodeBase64(bytes);
}

export function decodeFloat16(text: string): Float32Array {
  const bytes = decodeBase64(text);
  const values = new Float32Array(bytes.length >> 1);
  for (let i = 0; i < values.length; i++) {
    values[i] = fromHalf(bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
  }
  return values;
}

/** Values from −limit to limit as signed bytes (±127). */
export function encodeInt8(values: ArrayLike<number>, limit: number): string {
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const scaled = limit > 0 ? Math.round((127 * values[i]!) / limit) : 0;
    bytes[i] = Math.max(-127, Math.min(127, scaled)) & 0xff;
  }
  return encodeBase64(bytes);
}

export function decodeInt8(text: string, limit: number): Float32Array {
  return Float32Array.from(new Int8Array(decodeBase64(text).buffer), (v) => (v * limit) / 127);
}

/** Values from low to high as bytes (0–255); what lies outside is clamped. */
export function encodeUint8(values: ArrayLike<number>, low: number, high: number): string {
  const bytes = new Uint8Array(values.length);
  const scale = high > low ? 255 / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    bytes[i] = Math.max(0, Math.min(255, Math.round((values[i]! - low) * scale)));
  }
  return encodeBase64(bytes);
}

export function decodeUint8(text: string, low: number, high: number): Float32Array {
  return Float32Array.from(decodeBase64(text), (v) => low + (v * (high - low)) / 255);
}

const scratch = new DataView(new ArrayBuffer(4));

function toHalf(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (mantissa ? 0x200 : 0);
  const shifted = exponent - 112;
  if (shifted >= 31) return sign | 0x7c00;
  if (shifted <= 0) {
    if (shifted < -10) return sign;
    return sign | roundShift(mantissa | 0x800000, 14 - shifted);
  }
  // A carry out of the mantissa rightly raises the exponent.
  return sign | (roundShift(mantissa, 13) + (shifted << 10));
}

function roundShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && kept & 1) ? kept + 1 : kept;
}

function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}
