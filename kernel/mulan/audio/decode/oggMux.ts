import { oggCrc } from "./oggPages.ts";

const BEGINS_STREAM = 2;
const CONTINUED = 1;
const MAX_SEGMENTS = 255;

/** Writes packets as fresh, well-formed Ogg pages, so that a decoder's own parser never sees damage. */
export class OggMuxer {
  readonly #serial: number;
  #sequence = 0;

  constructor(serial = 1) {
    this.#serial = serial;
  }

  /** Pages that hold `packets`; the first of a stream carries one packet and the begin flag. */
  mux(packets: readonly Uint8Array[], granule: number): Uint8Array {
    const pages: Uint8Array[] = [];
    let lacing: number[] = [];
    let pieces: Uint8Array[] = [];
    let continued = false;
    const flush = (nextContinued: boolean) => {
      pages.push(this.#page(lacing, pieces, granule, continued));
      continued = nextContinued;
      lacing = [];
      pieces = [];
    };
    for (const packet of packets) {
      let at = 0;
      for (;;) {
        if (lacing.length === MAX_SEGMENTS) flush(at > 0);
        const length = Math.min(255, packet.byteLength - at);
        lacing.push(length);
        pieces.push(packet.subarray(at, at + length));
        at += length;
        if (length < 255) break;
      }
    }
    if (lacing.length > 0) flush(false);
    return Buffer.concat(pages);
  }

  /** A page that holds nothing. */
  filler(granule: number): Uint8Array {
    return this.#page([], [], granule, false);
  }

  #page(
    lacing: readonly number[],
    pieces: readonly Uint8Array[],
    granule: number,
    continued: boolean,
  ): Uint8Array {
    const head = Buffer.alloc(27 + lacing.length);
    head.write("OggS", 0, "latin1");
    head[5] = (continued ? CONTINUED : 0) | (this.#sequence === 0 ? BEGINS_STREAM : 0);
    head.writeBigInt64LE(BigInt(Math.max(0, Math.floor(granule))), 6);
    head.writeUInt32LE(this.#serial, 14);
    head.writeUInt32LE(this.#sequence++, 18);
    head[26] = lacing.length;
    head.set(lacing, 27);
    const page = Buffer.concat([head, ...pieces]);
    page.writeUInt32LE(oggCrc(page), 22);
    return page;
  }
}
