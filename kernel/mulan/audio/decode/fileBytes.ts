import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What decoders read from: a file, or bytes in memory in tests. */
export interface ByteSource {
  readonly size: number;
  /** Bytes really fetched so far: tests hold excerpts against it. */
  readonly bytesRead: number;
  /** Up to `length` bytes from `offset`; fewer at the end, none past it. The result stays valid. */
  view(offset: number, length: number): Uint8Array;
}

const READ_AHEAD_BYTES = 64 * 1024;

/** Reads a file in windows of 64 kB; small neighbouring reads are served from the last window. */
export class FileBytes implements ByteSource, Disposable {
  readonly size: number;
  bytesRead = 0;
  readonly #fd: number;
  readonly #readAheadBytes: number;
  #window: Uint8Array = new Uint8Array(0);
  #windowStart = 0;

  /** @throws what `fs.openSync` throws (ENOENT, EACCES, EISDIR …). */
  constructor(path: string, readAheadBytes = READ_AHEAD_BYTES) {
    this.#readAheadBytes = readAheadBytes;
    this.#fd = openSync(path, "r");
    try {
      this.size = fstatSync(this.#fd).size;
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  view(offset: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (wanted === 0) return this.#window.subarray(0, 0);
    const from = offset - this.#windowStart;
    if (from < 0 || from + wanted > this.#window.byteLength) this.#fill(offset, wanted);
    const at = offset - this.#windowStart;
    return this.#window.subarray(at, at + wanted);
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }

  /** Reads on from the window's end where it can, and keeps what lies shortly before: no byte is read twice. */
  #fill(offset: number, wanted: number): void {
    const windowEnd = this.#windowStart + this.#window.byteLength;
    const joins = offset >= this.#windowStart && offset <= windowEnd;
    const start = joins ? Math.max(this.#windowStart, offset - this.#readAheadBytes) : offset;
    const kept = joins
      ? this.#window.subarray(start - this.#windowStart)
      : this.#window.subarray(0, 0);
    const from = start + kept.byteLength;
    const end = Math.min(this.size, Math.max(offset + wanted, from + this.#readAheadBytes));
    const buffer = new Uint8Array(end - start);
    buffer.set(kept);
    let filled = kept.byteLength;
    while (filled < buffer.byteLength) {
      const count = readSync(this.#fd, buffer, filled, buffer.byteLength - filled, start + filled);
      if (count === 0) break;
      filled += count;
      this.bytesRead += count;
    }
    this.#window = buffer.subarray(0, filled);
    this.#windowStart = start;
  }
}

/** The same view over bytes that are in memory already. */
export class MemoryBytes implements ByteSource {
  readonly size: number;
  bytesRead = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.byteLength;
  }

  view(offset: number, length: number): Uint8Array {
    const piece = this.#bytes.subarray(Math.max(0, offset), Math.max(0, offset + length));
    this.bytesRead += piece.byteLength;
    return piece;
  }
}
