import { MulanError } from "../../foundation/errors.ts";
import type { ByteSource } from "./fileBytes.ts";
import { OggPacketizer } from "./oggPackets.ts";
import { findOggPage, type OggPage, walkOggPages } from "./oggPages.ts";
import { ascii } from "./textBytes.ts";

export type OggCodec = "vorbis" | "opus" | "flac";

/** The first stream of sound in an Ogg file. */
export interface OggStream {
  readonly codec: OggCodec;
  readonly serial: number;
  readonly headers: readonly Uint8Array[];
  /** Where the first page of sound stands. */
  readonly audioStart: number;
  /** Codec position at the stream's end; undefined when no page tells. */
  readonly lastGranule: number | undefined;
  /** Another stream follows this one (a chained file). */
  readonly isChained: boolean;
  /** Its end-of-stream page is there: without it, the file was cut off. */
  readonly hasEnd: boolean;
}

type StreamEnd = Pick<OggStream, "lastGranule" | "isChained" | "hasEnd">;

const MAX_HEADER_PAGES = 2000;
const TAIL_BYTES = [72 * 1024, 1024 * 1024];

/** @throws MulanError when no stream of a known codec begins in the file. */
export function openOggStream(bytes: ByteSource): OggStream {
  let packetizer: OggPacketizer | undefined;
  let codec: OggCodec | undefined;
  const headers: Uint8Array[] = [];
  let pages = 0;
  let isOther = false;
  for (const page of walkOggPages(bytes, 0, () => {})) {
    if (++pages > MAX_HEADER_PAGES) break;
    if (!packetizer && page.isFirst) {
      codec = codecOf(page);
      if (codec) packetizer = new OggPacketizer(page.serial);
      else isOther = true;
    }
    if (!packetizer || !codec || page.serial !== packetizer.serial) continue;
    headers.push(...packetizer.push(page).packets);
    if (headers.length < headerCount(codec, headers)) continue;
    const audioStart = page.offset + page.bytes;
    return { codec, serial: page.serial, headers, audioStart, ...readEnd(bytes, page.serial) };
  }
  if (isOther && !packetizer) {
    // Speex, for one: ffmpeg may know it.
    throw new MulanError("audio.unsupported", "this Ogg file holds no sound that is known here", {
      expected: "a Vorbis, Opus or FLAC stream",
    });
  }
  throw new MulanError("audio.damaged", "the Ogg headers are broken or hold no known sound", {
    expected: "a Vorbis, Opus or FLAC stream",
  });
}

function codecOf(page: OggPage): OggCodec | undefined {
  if (ascii(page.body, 1, 6) === "vorbis") return "vorbis";
  if (ascii(page.body, 0, 8) === "OpusHead") return "opus";
  if (ascii(page.body, 1, 4) === "FLAC") return "flac";
  return undefined;
}

/** Ogg FLAC says how many header packets follow; 0 means unknown, then the comment alone. */
function headerCount(codec: OggCodec, headers: readonly Uint8Array[]): number {
  if (codec === "vorbis") return 3;
  if (codec === "opus") return 2;
  const first = headers[0];
  return 1 + Math.max(1, first ? (first[7]! << 8) | first[8]! : 1);
}

function readEnd(bytes: ByteSource, serial: number): StreamEnd {
  for (const tail of TAIL_BYTES) {
    let lastGranule: number | undefined;
    let isChained = false;
    let hasEnd = false;
    for (let at = Math.max(0, bytes.size - tail); at < bytes.size; ) {
      const page = findOggPage(bytes, at, bytes.size);
      if (!page) break;
      if (page.serial === serial && page.granule !== undefined) lastGranule = page.granule;
      if (page.serial !== serial) isChained = true;
      else if (page.isLast) hasEnd = true;
      // Programs that join files may leave both halves one serial number.
      else if (hasEnd && page.isFirst) isChained = true;
      at = page.offset + page.bytes;
    }
    if (lastGranule !== undefined) return { lastGranule, isChained, hasEnd };
  }
  return { lastGranule: undefined, isChained: true, hasEnd: false };
}
