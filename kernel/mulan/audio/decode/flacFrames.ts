import type { ByteSource } from "./fileBytes.ts";

/** What STREAMINFO says, with the file's tags. */
export interface FlacFormat {
  /** Its bytes, for libFLAC. */
  readonly streamInfo: Uint8Array;
  readonly maxBlockFrames: number;
  readonly maxFrameBytes: number;
  readonly sampleRateHz: number;
  readonly nChannels: number;
  readonly bitsPerSample: number;
  /** undefined when the encoder did not know. */
  readonly nFrames: number | undefined;
}

export interface FlacHeader {
  readonly blockFrames: number;
  /** Position of the frame's first sample. */
  readonly firstFrame: number;
  readonly nChannels: number;
  /** undefined: as STREAMINFO says. */
  readonly sampleRateHz: number | undefined;
}

export interface FlacFrame {
  readonly offset: number;
  readonly header: FlacHeader;
}

const MAX_HEADER_BYTES = 16;
const SCAN_BYTES = 32 * 1024;
const RATES = [
  undefined,
  88200,
  176400,
  192000,
  8000,
  16000,
  22050,
  24000,
  32000,
  44100,
  48000,
  96000,
];

/**
 * A frame header at `at` (RFC 9639, section 9.1) whose CRC-8 holds and that fits the stream; undefined
 * otherwise. Fixed block sizes count frames, variable ones count samples.
 */
export function parseFlacHeader(
  bytes: Uint8Array,
  at: number,
  format: FlacFormat,
): FlacHeader | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xfe) !== 0xf8) return undefined;
  const variable = (bytes[at + 1]! & 1) === 1;
  const sizeCode = bytes[at + 2]! >> 4;
  const rateCode = bytes[at + 2]! & 15;
  const channelCode = bytes[at + 3]! >> 4;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || bytes[at + 3]! & 1) return undefined;
  const nChannels = channelCode < 8 ? channelCode + 1 : 2;
  if (nChannels !== format.nChannels) return undefined;
  const number = codedNumber(bytes, at + 4);
  if (!number) return undefined;
  let next = at + 4 + number.length;
  let blockFrames =
    sizeCode === 1 ? 192 : sizeCode <= 5 ? 576 << (sizeCode - 2) : 256 << (sizeCode - 8);
  if (sizeCode === 6) blockFrames = bytes[next++]! + 1;
  if (sizeCode === 7) blockFrames = ((bytes[next++]! << 8) | bytes[next++]!) + 1;
  let sampleRateHz = RATES[rateCode];
  if (rateCode === 12) sampleRateHz = bytes[next++]! * 1000;
  if (rateCode >= 13) {
    sampleRateHz = ((bytes[next++]! << 8) | bytes[next++]!) * (rateCode === 14 ? 10 : 1);
  }
  if (next >= bytes.byteLength || crc8(bytes, at, next) !== bytes[next]) return undefined;
  if (sampleRateHz !== undefined && sampleRateHz !== format.sampleRateHz) return undefined;
  const firstFrame = variable ? number.value : number.value * format.maxBlockFrames;
  return { blockFrames, firstFrame, nChannels, sampleRateHz };
}

/** The first header in [from, end) that `accept` likes. */
export function findFlacFrame(
  bytes: ByteSource,
  from: number,
  end: number,
  format: FlacFormat,
  accept: (header: FlacHeader) => boolean = () => true,
): FlacFrame | undefined {
  for (let at = from; at + 6 <= end; ) {
    const piece = bytes.view(at, Math.min(SCAN_BYTES, end - at));
    if (piece.byteLength < 6) return undefined;
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const last =
      at + piece.byteLength >= end ? piece.byteLength : piece.byteLength - MAX_HEADER_BYTES;
    for (let i = buffer.indexOf(0xff); i >= 0 && i < last; i = buffer.indexOf(0xff, i + 1)) {
      const header = parseFlacHeader(piece, i, format);
      if (header && accept(header)) return { offset: at + i, header };
    }
    at += Math.max(1, last);
  }
  return undefined;
}

/** UTF-8-like coding of up to 36 bits. */
function codedNumber(bytes: Uint8Array, at: number): { value: number; length: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, length: 1 };
  const length =
    first < 0xc0
      ? 0
      : first < 0xe0
        ? 2
        : first < 0xf0
          ? 3
          : first < 0xf8
            ? 4
            : first < 0xfc
              ? 5
              : first < 0xfe
                ? 6
                : 7;
  if (length === 0 || first === 0xff) return undefined;
  let value = length === 7 ? 0 : first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, length };
}

const CRC8 = Uint8Array.from({ length: 256 }, (_, start) => {
  let crc = start;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  return crc;
});

function crc8(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let i = from; i < to; i++) crc = CRC8[crc ^ bytes[i]!]!;
  return crc;
}
