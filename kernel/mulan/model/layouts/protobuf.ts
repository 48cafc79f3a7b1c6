import { readSync } from "node:fs";

/** One field of a protobuf message: where its contents lie in the file, or its number. */
export interface Field {
  readonly number: number;
  /** Of a varint field; 0 for others. */
  readonly value: number;
  /** Contents of a length-delimited field: first byte and the byte behind the last. */
  readonly start: number;
  readonly end: number;
}

const CHUNK_BYTES = 1 << 16;
/** Names and paths are short; a file that claims otherwise is damaged or hostile. */
const MAX_TEXT_BYTES = 1 << 16;
const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

/** A protobuf file that is read in pieces: gigabytes of weights are stepped over, not loaded. */
export class ProtobufFile {
  readonly size: number;
  readonly #fd: number;
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);
  #chunkStart = 0;
  #chunkEnd = 0;

  constructor(fd: number, size: number) {
    this.#fd = fd;
    this.size = size;
  }

  /** @throws RangeError where the file ends inside the message, or holds something else than protobuf */
  *fields(start = 0, end = this.size): Generator<Field> {
    let at = start;
    while (at < end) {
      const key = this.#varint(at);
      const number = Math.floor(key.value / 8);
      const wire = key.value % 8;
      if (number === 0) throw new RangeError(`no protobuf field at byte ${at}`);
      let field: Field;
      if (wire === VARINT) {
        const { value, next } = this.#varint(key.next);
        field = { number, value, start: key.next, end: next };
      } else if (wire === DELIMITED) {
        const { value, next } = this.#varint(key.next);
        field = { number, value: 0, start: next, end: next + value };
      } else if (wire === FIXED32 || wire === FIXED64) {
        field = { number, value: 0, start: key.next, end: key.next + (wire === FIXED32 ? 4 : 8) };
      } else {
        throw new RangeError(`unknown wire type ${wire} at byte ${at}`);
      }
      if (field.end > end) throw new RangeError(`ends at byte ${end}, needs ${field.end}`);
      yield field;
      at = field.end;
    }
  }

  /** @throws RangeError for what is too long to be a name */
  text({ start, end }: Field): string {
    if (end - start > MAX_TEXT_BYTES) throw new RangeError(`a name of ${end - start} bytes`);
    const bytes = Buffer.alloc(end - start);
    readSync(this.#fd, bytes, 0, bytes.length, start);
    return bytes.toString("utf8");
  }

  /** Numbers of a repeated integer field, packed or one at a time. */
  integers(field: Field, isPacked: boolean): number[] {
    if (!isPacked) return [field.value];
    const found: number[] = [];
    for (let at = field.start; at < field.end; ) {
      const { value, next } = this.#varint(at);
      found.push(value);
      at = next;
    }
    return found;
  }

  #varint(at: number): { value: number; next: number } {
    let value = 0;
    let scale = 1;
    for (let next = at; next < at + 10; ) {
      const byte = this.#byte(next++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return { value, next };
      scale *= 128;
    }
    throw new RangeError(`no number at byte ${at}`);
  }

  #byte(at: number): number {
    if (at < this.#chunkStart || at >= this.#chunkEnd) {
      const read = readSync(this.#fd, this.#chunk, 0, CHUNK_BYTES, at);
      if (read === 0) throw new RangeError(`ends at byte ${this.size}, needs more`);
      this.#chunkStart = at;
      this.#chunkEnd = at + read;
    }
    return this.#chunk[at - this.#chunkStart]!;
  }
}
