import type { ByteSource } from "./fileBytes.ts";
import { findMp3Frame, type Mp3Frame, type Mp3Header, walkMp3Frames } from "./mp3Frames.ts";
import type { Mp3Layout } from "./mp3Info.ts";

/** The frames that carry sound: from `start` to `end`, the header frame left out. */
export interface Mp3Span {
  readonly start: number;
  readonly end: number;
  readonly header: Mp3Header;
  readonly countedFrames: number | undefined;
  /** Mean bytes of a frame when every frame has the same bit rate. */
  readonly constantFrameBytes: number | undefined;
}

/** The bit reservoir reaches 511 bytes back; the overlap and the filter bank need two frames more. */
const MAX_MP3_FRAME_BYTES = 2881;
const RESERVOIR_BYTES = 511;
const FRAMES_TO_SETTLE = 2;
const MAX_PREROLL_FRAMES = 64;
const HEADER_AND_SIDE_BYTES = 38;
const SAMPLED_PLACES = [0.2, 0.4, 0.6, 0.8, 0.97];

export function mp3FrameSpan(layout: Mp3Layout): Mp3Span {
  const { first, audioEnd, hasHeaderFrame, countedBytes } = layout;
  const start = hasHeaderFrame ? first.offset + first.header.frameBytes : first.offset;
  return {
    start,
    end: audioEnd,
    header: first.header,
    // A file that lost its end holds fewer frames than its header says.
    countedFrames:
      countedBytes !== undefined && countedBytes > audioEnd - first.offset + MAX_MP3_FRAME_BYTES
        ? undefined
        : layout.countedFrames,
    constantFrameBytes:
      layout.saysConstant || !hasHeaderFrame ? meanFrameBytes(first.header) : undefined,
  };
}

/** How many frames there are: from the header, by division when the bit rate is constant, else by walking. */
export function countMp3Frames(bytes: ByteSource, span: Mp3Span): number {
  if (span.countedFrames !== undefined) {
    const possible = Math.ceil((span.end - span.start) / 24);
    if (span.countedFrames <= possible) return span.countedFrames;
  }
  const constant = constantFrameBytes(bytes, span);
  if (constant !== undefined) return Math.round((span.end - span.start) / constant);
  let count = 0;
  for (const _ of walkMp3Frames(bytes, span.start, span.end, span.header, () => {})) count++;
  return count;
}

/**
 * A frame early enough before frame `target` that everything from `target` on decodes as in the whole file.
 * With a constant bit rate its place is computed; otherwise the headers before it are walked (nothing is
 * decoded), because the table of a VBR header is seconds off.
 */
export function locateMp3Frame(
  bytes: ByteSource,
  span: Mp3Span,
  target: number,
): { offset: number; frameIndex: number } {
  const atStart = { offset: span.start, frameIndex: 0 };
  const preroll = prerollFrames(span.header);
  if (target <= preroll) return atStart;
  const constant = constantFrameBytes(bytes, span);
  if (constant !== undefined) {
    const guess = span.start + Math.floor((target - preroll) * constant - constant / 2);
    const found = findMp3Frame(bytes, guess, span.end, span.header);
    if (found) {
      return {
        offset: found.offset,
        frameIndex: Math.round((found.offset - span.start) / constant),
      };
    }
  }
  const recent: Mp3Frame[] = [];
  let index = 0;
  for (const frame of walkMp3Frames(bytes, span.start, span.end, span.header, () => {})) {
    recent.push(frame);
    if (recent.length > MAX_PREROLL_FRAMES) recent.shift();
    if (index === target) break;
    index++;
  }
  const back = framesBack(recent);
  const from = recent[recent.length - 1 - back];
  if (!from) return atStart;
  return { offset: from.offset, frameIndex: index - back - (index === target ? 0 : 1) };
}

function framesBack(recent: readonly Mp3Frame[]): number {
  let reservoir = 0;
  let back = 0;
  while (back < recent.length - 1 && reservoir < RESERVOIR_BYTES) {
    back++;
    reservoir += recent[recent.length - 1 - back]!.header.frameBytes - HEADER_AND_SIDE_BYTES;
  }
  return Math.min(recent.length - 1, back + FRAMES_TO_SETTLE);
}

function prerollFrames(header: Mp3Header): number {
  const carried = Math.max(8, header.frameBytes - HEADER_AND_SIDE_BYTES);
  return Math.min(MAX_PREROLL_FRAMES, Math.ceil(RESERVOIR_BYTES / carried) + FRAMES_TO_SETTLE);
}

function meanFrameBytes({ layer, bitRate, sampleRateHz, frameSamples }: Mp3Header): number {
  return layer === 1
    ? ((12 * bitRate) / sampleRateHz) * 4
    : ((frameSamples / 8) * bitRate) / sampleRateHz;
}

/** The mean frame length, when the header says constant and the file agrees wherever it is looked at. */
function constantFrameBytes(bytes: ByteSource, span: Mp3Span): number | undefined {
  if (span.constantFrameBytes === undefined) return undefined;
  const next = findMp3Frame(bytes, span.start, span.end, span.header);
  if (!next) return undefined;
  const mean = meanFrameBytes(next.header);
  const length = span.end - span.start;
  if (span.countedFrames !== undefined) {
    return Math.abs(span.countedFrames * mean - length) <= 2 * mean ? mean : undefined;
  }
  for (const place of SAMPLED_PLACES) {
    const found = findMp3Frame(
      bytes,
      span.start + Math.floor(place * length),
      span.end,
      span.header,
    );
    if (found && found.header.bitRate !== next.header.bitRate) return undefined;
  }
  return mean;
}
