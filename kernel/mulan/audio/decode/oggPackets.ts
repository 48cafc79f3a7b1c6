import type { OggPage } from "./oggPages.ts";

/** The packets that end on one page. */
export interface OggPackets {
  readonly packets: Uint8Array[];
  readonly page: OggPage;
  /** A page before this one was lost, or a packet's beginning was. */
  readonly isBroken: boolean;
}

const MAX_PACKET_BYTES = 1 << 20;

/** Puts the packets of one logical stream together, page by page. */
export class OggPacketizer {
  readonly serial: number;
  #partial: Uint8Array[] = [];
  #partialBytes = 0;
  #waitsForStart = false;
  #lastSequence: number | undefined;

  constructor(serial: number) {
    this.serial = serial;
  }

  push(page: OggPage): OggPackets {
    const packets: Uint8Array[] = [];
    const lost = this.#lastSequence !== undefined && page.sequence !== this.#lastSequence + 1;
    this.#lastSequence = page.sequence;
    const orphan = page.isContinued && this.#partial.length === 0;
    if (lost || !page.isContinued) this.#forget();
    this.#waitsForStart = page.isContinued && (orphan || lost);
    let at = 0;
    let length = 0;
    for (const lace of page.lacing) {
      length += lace;
      if (lace === 255) continue;
      this.#add(page.body.subarray(at, at + length));
      if (this.#waitsForStart) this.#waitsForStart = false;
      else packets.push(this.#join());
      this.#forget();
      at += length;
      length = 0;
    }
    if (length > 0) this.#add(page.body.subarray(at, at + length));
    return { packets, page, isBroken: lost || orphan };
  }

  #add(piece: Uint8Array): void {
    if (this.#waitsForStart) return;
    this.#partialBytes += piece.byteLength;
    if (this.#partialBytes > MAX_PACKET_BYTES) this.#forget();
    else this.#partial.push(piece);
  }

  #join(): Uint8Array {
    if (this.#partial.length === 1) return this.#partial[0]!;
    const whole = new Uint8Array(this.#partialBytes);
    let at = 0;
    for (const piece of this.#partial) {
      whole.set(piece, at);
      at += piece.byteLength;
    }
    return whole;
  }

  #forget(): void {
    this.#partial = [];
    this.#partialBytes = 0;
  }
}
