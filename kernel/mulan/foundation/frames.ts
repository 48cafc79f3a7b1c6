/**
 * Frames are how this project's processes talk: `u32le jsonLength, u32le binaryLength, json, bytes`.
 * They travel on an extra pipe, so stdout and stderr stay free for user and native output.
 * Bulk numbers go into `bytes` (50 MB in under 0.1 s); the JSON says what they are.
 */
export interface Frame {
  readonly json: unknown;
  readonly bytes: Uint8Array;
}

const HEADER_BYTES = 8;
const NO_BYTES = new Uint8Array(0);
/** A length above this is a broken stream, not a message. */
const MAX_PART_BYTES = 2 ** 31 - 1;

/** The pieces to write, in order; `bytes` is not copied. */
export function encodeFrame(json: unknown, bytes: ArrayBufferView = NO_BYTES): Uint8Array[] {
  const text = Buffer.from(JSON.stringify(json), "utf8");
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(text.byteLength, 0);
  header.writeUInt32LE(bytes.byteLength, 4);
  const head = Buffer.concat([header, text]);
  return bytes.byteLength === 0
    ? [head]
    : [head, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
}

/** Puts frames together from chunks of any size. `bytes` of a frame is 8-byte aligned and its own memory. */
export class FrameReader {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  readonly #onFrame: (frame: Frame) => void;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  /** @throws RangeError when a header announces an impossible length. */
  push(chunk: Buffer): void {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.byteLength;
    for (let frame = this.#take(); frame; frame = this.#take()) this.#onFrame(frame);
  }

  #take(): Frame | undefined {
    if (this.#pendingBytes < HEADER_BYTES) return undefined;
    const header = this.#peekHeader();
    const jsonLength = header.readUInt32LE(0);
    const binaryLength = header.readUInt32LE(4);
    if (jsonLength > MAX_PART_BYTES || binaryLength > MAX_PART_BYTES) {
      throw new RangeError(`frame announces ${jsonLength} + ${binaryLength} bytes`);
    }
    const total = HEADER_BYTES + jsonLength + binaryLength;
    if (this.#pendingBytes < total) return undefined;
    const whole = this.#pending.length === 1 ? this.#pending[0]! : Buffer.concat(this.#pending);
    const rest = whole.subarray(total);
    this.#pending = rest.byteLength > 0 ? [rest] : [];
    this.#pendingBytes = rest.byteLength;
    const jsonEnd = HEADER_BYTES + jsonLength;
    return {
      json: JSON.parse(whole.toString("utf8", HEADER_BYTES, jsonEnd)),
      bytes: binaryLength === 0 ? NO_BYTES : new Uint8Array(whole.subarray(jsonEnd, total)),
    };
  }

  #peekHeader(): Buffer {
    const first = this.#pending[0]!;
    if (first.byteLength >= HEADER_BYTES) return first;
    const joined = Buffer.concat(this.#pending);
    this.#pending = [joined];
    return joined;
  }
}

/** A Float32Array over frame bytes (which FrameReader aligned). */
export function asFloat32(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
}
