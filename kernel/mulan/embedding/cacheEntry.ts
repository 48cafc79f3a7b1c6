import { crc32 } from "node:zlib";

/** The rows that a model made of one clip or text, before pooling. */
export interface CachedRows {
  /** `[nWindows, dim]`, row-major, as the tower put them out. */
  readonly data: Float32Array;
  readonly dim: number;
  /** `[nWindows]`, from the start of the clip. */
  readonly startSec: Float32Array;
  /** `[nWindows]` */
  readonly durationSec: Float32Array;
}

// File: "MULE", u32le version, dim, nWindows, crc32 of what follows; then float32le data, startSec, durationSec.
const MAGIC = 0x454c554d;
const VERSION = 1;
const HEADER_BYTES = 20;

export function encodeEntry({ data, dim, startSec, durationSec }: CachedRows): Buffer {
  const body = Buffer.concat([data, startSec, durationSec].map(bytesOf));
  const header = Buffer.alloc(HEADER_BYTES);
  [MAGIC, VERSION, dim, startSec.length, crc32(body)].forEach((value, i) => {
    header.writeUInt32LE(value, 4 * i);
  });
  return Buffer.concat([header, body]);
}

/** undefined for whatever is not an entry, or not a whole one: it is then made again. */
export function decodeEntry(file: Buffer): CachedRows | undefined {
  if (file.byteLength < HEADER_BYTES) return undefined;
  const [magic, version, dim, n, checksum] = [0, 4, 8, 12, 16].map((at) => file.readUInt32LE(at));
  const body = file.subarray(HEADER_BYTES);
  const floats = n! * (dim! + 2);
  const sound = magic === MAGIC && version === VERSION && dim! > 0 && n! > 0;
  if (!sound || body.byteLength !== 4 * floats || crc32(body) !== checksum) return undefined;
  const numbers = new Float32Array(floats);
  Buffer.from(numbers.buffer).set(body);
  return {
    dim: dim!,
    data: numbers.slice(0, n! * dim!),
    startSec: numbers.slice(n! * dim!, n! * (dim! + 1)),
    durationSec: numbers.slice(n! * (dim! + 1)),
  };
}

function bytesOf(numbers: Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
