import type { ByteSource } from "./fileBytes.ts";

/** One MPEG audio frame header (ISO 11172-3, 13818-3; layers I to III). */
export interface Mp3Header {
  readonly version: 1 | 2 | 2.5;
  readonly layer: 1 | 2 | 3;
  readonly bitRate: number;
  readonly sampleRateHz: number;
  readonly nChannels: 1 | 2;
  readonly frameBytes: number;
  readonly frameSamples: number;
}

export interface Mp3Frame {
  readonly offset: number;
  readonly header: Mp3Header;
}

const KBPS: Readonly<Record<string, readonly number[]>> = {
  "1/1": [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  "1/2": [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  "1/3": [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  "2/1": [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  "2/2": [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES = [44100, 48000, 32000];
/** A resynchronisation that finds no frame in this many bytes gives up: the rest is not MPEG audio. */
const MAX_GAP_BYTES = 1 << 20;

/** Undefined where the four bytes are no header, or one of a free-format frame. */
export function parseMp3Header(bytes: Uint8Array, at: number): Mp3Header | undefined {
  const [sync, b1, b2, b3] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  if (sync !== 0xff || b1 === undefined || b2 === undefined || b3 === undefined) return undefined;
  if ((b1 & 0xe0) !== 0xe0) return undefined;
  const version = ([2.5, undefined, 2, 1] as const)[(b1 >> 3) & 3];
  const layer = ([undefined, 3, 2, 1] as const)[(b1 >> 1) & 3];
  if (!version || !layer) return undefined;
  const table = version === 1 ? `1/${layer}` : layer === 1 ? "2/1" : "2/2";
  const kbps = KBPS[table]?.[(b2 >> 4) - 1];
  const baseRate = RATES[(b2 >> 2) & 3];
  if (!kbps || !baseRate) return undefined;
  const sampleRateHz = version === 1 ? baseRate : version === 2 ? baseRate / 2 : baseRate / 4;
  const padding = (b2 >> 1) & 1;
  const bitRate = kbps * 1000;
  const frameSamples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const frameBytes =
    layer === 1
      ? (Math.floor((12 * bitRate) / sampleRateHz) + padding) * 4
      : Math.floor(((frameSamples / 8) * bitRate) / sampleRateHz) + padding;
  const nChannels = b3 >> 6 === 3 ? 1 : 2;
  return { version, layer, bitRate, sampleRateHz, nChannels, frameBytes, frameSamples };
}

export function sameStream(a: Mp3Header, b: Mp3Header): boolean {
  return a.version === b.version && a.layer === b.layer && a.sampleRateHz === b.sampleRateHz;
}

/**
 * The first frame at or after `from` whose successor stands where its length says (or that ends the data),
 * so that stray 0xFF bytes are not taken for frames.
 */
export function findMp3Frame(
  bytes: ByteSource,
  from: number,
  end: number,
  like?: Mp3Header,
): Mp3Frame | undefined {
  const limit = Math.min(end, from + MAX_GAP_BYTES);
  for (let at = from; at + 4 <= limit; ) {
    const piece = bytes.view(at, Math.min(16_384, limit - at));
    if (piece.byteLength < 4) return undefined;
    for (let i = 0; i + 4 <= piece.byteLength; i++) {
      if (piece[i] !== 0xff) continue;
      const header = parseMp3Header(piece, i);
      if (!header || (like && !sameStream(header, like))) continue;
      if (isFollowed(bytes, at + i, end, header)) return { offset: at + i, header };
    }
    at += piece.byteLength - 3;
  }
  return undefined;
}

function isFollowed(bytes: ByteSource, offset: number, end: number, header: Mp3Header): boolean {
  const next = offset + header.frameBytes;
  if (next === end) return true;
  const following = next + 4 <= end ? parseMp3Header(bytes.view(next, 4), 0) : undefined;
  return following !== undefined && sameStream(header, following);
}

/**
 * Frame after frame from `start` (a frame) to `end`; bytes between frames are stepped over and told to
 * `onGap`. A frame that the end cuts off is left out.
 */
export function* walkMp3Frames(
  bytes: ByteSource,
  start: number,
  end: number,
  like: Mp3Header,
  onGap: (offset: number, length: number) => void,
): Generator<Mp3Frame> {
  for (let at = start; at + 4 <= end; ) {
    const header = parseMp3Header(bytes.view(at, 4), 0);
    if (header && sameStream(header, like)) {
      if (at + header.frameBytes > end) return onGap(at, end - at);
      yield { offset: at, header };
      at += header.frameBytes;
      continue;
    }
    const found = findMp3Frame(bytes, at + 1, end, like);
    onGap(at, (found?.offset ?? end) - at);
    if (!found) return;
    at = found.offset;
  }
}
