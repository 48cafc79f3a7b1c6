/** Bits in the order in which FLAC has them: most significant first. */
export class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  /** Bits that do not fill a byte yet, the latest one lowest. */
  #pending = 0;
  #nPending = 0;

  constructor(expectedBytes: number) {
    this.#bytes = new Uint8Array(Math.max(64, expectedBytes));
  }

  /** Whole bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** The lowest `nBits` (at most 24) of a number, two's complement if it is negative. */
  write(value: number, nBits: number): void {
    this.#pending = (this.#pending << nBits) | (value & ((1 << nBits) - 1));
    this.#nPending += nBits;
    while (this.#nPending >= 8) {
      this.#nPending -= 8;
      this.#push(this.#pending >>> this.#nPending);
    }
    this.#pending &= (1 << this.#nPending) - 1;
  }

  /** A Rice code: the part above `parameter` bits as so many zeros and a one, then those bits. */
  writeRice(value: number, parameter: number): void {
    let zeros = value >>> parameter;
    for (; zeros + 1 + parameter > 24; zeros -= 8) this.write(0, 8);
    const rest = value & ((1 << parameter) - 1);
    this.write((1 << parameter) | rest, zeros + 1 + parameter);
  }

  writeBytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.write(byte, 8);
  }

  /** Zeros up to the next whole byte. */
  align(): void {
    if (this.#nPending > 0) this.write(0, 8 - this.#nPending);
  }

  /** What stands from a byte on. The view is good until the next write. */
  from(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.#length);
  }

  /** All of it, as bytes of their own. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const wider = new Uint8Array(2 * this.#bytes.length);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    this.#bytes[this.#length++] = byte;
  }
}
