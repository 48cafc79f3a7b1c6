import type { Tags } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { findMp3Frame, type Mp3Frame } from "./mp3Frames.ts";
import { readId3v1, readId3v2 } from "./tags.ts";
import { ascii, bigEndian } from "./textBytes.ts";

/** Where an MP3's sound is and what its first frame's Xing, Info or VBRI header says. */
export interface Mp3Layout {
  readonly first: Mp3Frame;
  readonly audioEnd: number;
  readonly tags: Tags;
  /** Frames that the header counts (its own frame not among them). */
  readonly countedFrames: number | undefined;
  /** Bytes of sound that the header counts, its own frame among them. */
  readonly countedBytes: number | undefined;
  /** "Info": the encoder says that every frame has the same bit rate. */
  readonly saysConstant: boolean;
  readonly hasHeaderFrame: boolean;
  /** Samples that the encoder put before and after the music. */
  readonly encoderDelay: number;
  readonly encoderPadding: number;
  readonly hasGapless: boolean;
}

const APE_FOOTER_BYTES = 32;

/** Undefined when no MPEG audio frame is found near the start. */
export function readMp3Layout(bytes: ByteSource): Mp3Layout | undefined {
  let id3 = readId3v2(bytes);
  const { tags } = id3;
  // Some taggers prepend a second tag without removing the first.
  for (let i = 0; i < 4; i++) {
    const next = readId3v2(bytes, id3.endOffset);
    if (next.endOffset === id3.endOffset) break;
    id3 = next;
  }
  const v1 = readId3v1(bytes);
  const audioEnd = endOfAudio(bytes, v1 !== undefined);
  const first = findMp3Frame(bytes, id3.endOffset, audioEnd);
  if (!first) return undefined;
  return { first, audioEnd, tags: { ...v1, ...tags }, ...readHeaderFrame(bytes, first) };
}

function endOfAudio(bytes: ByteSource, hasId3v1: boolean): number {
  let end = bytes.size - (hasId3v1 ? 128 : 0);
  const footer = bytes.view(end - APE_FOOTER_BYTES, APE_FOOTER_BYTES);
  if (end >= APE_FOOTER_BYTES && ascii(footer, 0, 8) === "APETAGEX") {
    const size = footer[12]! + footer[13]! * 2 ** 8 + footer[14]! * 2 ** 16;
    const hasHeader = (footer[23]! & 0x80) !== 0;
    end = Math.max(0, end - size - (hasHeader ? APE_FOOTER_BYTES : 0));
  }
  return end;
}

type HeaderFrame = Omit<Mp3Layout, "first" | "audioEnd" | "tags">;

function readHeaderFrame(bytes: ByteSource, { offset, header }: Mp3Frame): HeaderFrame {
  const none: HeaderFrame = {
    countedFrames: undefined,
    countedBytes: undefined,
    saysConstant: false,
    hasHeaderFrame: false,
    encoderDelay: 0,
    encoderPadding: 0,
    hasGapless: false,
  };
  const frame = bytes.view(offset, header.frameBytes);
  if (ascii(frame, 36, 4) === "VBRI") {
    return {
      ...none,
      hasHeaderFrame: true,
      countedFrames: bigEndian(frame, 36 + 14, 4),
      countedBytes: bigEndian(frame, 36 + 10, 4),
    };
  }
  const sideInfoBytes =
    header.version === 1 ? (header.nChannels === 2 ? 32 : 17) : header.nChannels === 2 ? 17 : 9;
  const at = 4 + sideInfoBytes;
  const kind = ascii(frame, at, 4);
  if (kind !== "Xing" && kind !== "Info") return none;
  const flags = bigEndian(frame, at + 4, 4);
  const lame =
    at +
    8 +
    (flags & 1 ? 4 : 0) +
    (flags & 2 ? 4 : 0) +
    (flags & 4 ? 100 : 0) +
    (flags & 8 ? 4 : 0);
  const delays = bigEndian(frame, lame + 21, 3);
  // "LAME", "Lavf", "Lavc", … : nine characters of the encoder's name mark the extension.
  const hasGapless = /^[A-Za-z]{4}/.test(ascii(frame, lame, 9)) && lame + 24 <= frame.byteLength;
  return {
    hasHeaderFrame: true,
    saysConstant: kind === "Info",
    countedFrames: flags & 1 ? bigEndian(frame, at + 8, 4) : undefined,
    countedBytes: flags & 2 ? bigEndian(frame, at + 8 + (flags & 1 ? 4 : 0), 4) : undefined,
    hasGapless,
    encoderDelay: hasGapless ? delays >> 12 : 0,
    encoderPadding: hasGapless ? delays & 0xfff : 0,
  };
}
