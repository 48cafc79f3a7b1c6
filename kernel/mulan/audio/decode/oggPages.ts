import type { ByteSource } from "./fileBytes.ts";
import { ascii, littleEndian } from "./textBytes.ts";

/** One Ogg page (RFC 3533). */
export interface OggPage {
  readonly offset: number;
  readonly bytes: number;
  readonly serial: number;
  readonly sequence: number;
  /** Codec position at the end of the last packet that ends here; undefined when none does. */
  readonly granule: number | undefined;
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

const HEAD_BYTES = 27;
const MAX_PAGE_BYTES = HEAD_BYTES + 255 + 255 * 255;
const SCAN_BYTES = 32 * 1024;

/** The first whole page with a right checksum in [from, end). */
export function findOggPage(bytes: ByteSource, from: number, end: number): OggPage | undefined {
  for (let at = from; at + HEAD_BYTES <= end; ) {
    const piece = bytes.view(at, Math.min(SCAN_BYTES, end - at));
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let i = buffer.indexOf("OggS"); i >= 0; i = buffer.indexOf("OggS", i + 1)) {
      const page = readOggPage(bytes, at + i, end);
      if (page) return page;
    }
    at += Math.max(1, piece.byteLength - 3);
  }
  return undefined;
}

/** Page after page; bytes that are none are told to `onGap`. */
export function* walkOggPages(
  bytes: ByteSource,
  from: number,
  onGap: (offset: number, length: number) => void,
): Generator<OggPage> {
  for (let at = from; at < bytes.size; ) {
    let page = readOggPage(bytes, at, bytes.size);
    if (!page) {
      page = findOggPage(bytes, at + 1, bytes.size);
      onGap(at, (page?.offset ?? bytes.size) - at);
      if (!page) return;
    }
    yield page;
    at = page.offset + page.bytes;
  }
}

function readOggPage(bytes: ByteSource, offset: number, end: number): OggPage | undefined {
  const head = bytes.view(offset, HEAD_BYTES + 255);
  if (head.byteLength < HEAD_BYTES || ascii(head, 0, 4) !== "OggS" || head[4] !== 0)
    return undefined;
  const nSegments = head[26]!;
  const lacing = head.slice(HEAD_BYTES, HEAD_BYTES + nSegments);
  const headBytes = HEAD_BYTES + nSegments;
  const bodyBytes = lacing.reduce((sum, length) => sum + length, 0);
  if (lacing.length < nSegments || offset + headBytes + bodyBytes > end) return undefined;
  const whole = bytes.view(offset, Math.min(headBytes + bodyBytes, MAX_PAGE_BYTES));
  if (oggCrc(whole) !== littleEndian(whole, 22, 4)) return undefined;
  const flags = whole[5]!;
  return {
    offset,
    bytes: whole.byteLength,
    serial: littleEndian(whole, 14, 4),
    sequence: littleEndian(whole, 18, 4),
    granule: readGranule(whole),
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    lacing,
    body: whole.subarray(headBytes),
  };
}

function readGranule(page: Uint8Array): number | undefined {
  const low = littleEndian(page, 6, 4);
  const high = littleEndian(page, 10, 4);
  if (low === 0xffffffff && high === 0xffffffff) return undefined;
  const signed = high >= 0x80000000 ? high - 2 ** 32 : high;
  return signed * 2 ** 32 + low;
}

const CRC = Uint32Array.from({ length: 256 }, (_, start) => {
  let crc = start << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** Checksum of a page with its own checksum field (bytes 22 to 25) taken as 0. */
export function oggCrc(page: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : page[i]!;
    crc = ((crc << 8) ^ CRC[((crc >>> 24) ^ byte) & 0xff]!) >>> 0;
  }
  return crc >>> 0;
}
