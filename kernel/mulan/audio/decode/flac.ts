import { MulanError } from "../../foundation/errors.ts";
import type { AudioStream, Tags } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { createFlacDecoder, fitToBlock } from "./flacDecoder.ts";
import { readFlacFormat } from "./flacFormat.ts";
import { type FlacFormat, type FlacFrame, findFlacFrame } from "./flacFrames.ts";
import { readId3v1, readId3v2, readVorbisComments } from "./tags.ts";
import { ascii, bigEndian } from "./textBytes.ts";

const STREAMINFO = 0;
const VORBIS_COMMENT = 4;
const MAX_COMMENT_BYTES = 256 * 1024;
/** A search that is this near (in seconds) goes on frame by frame. */
const NEAR_SEC = 1;
const MAX_SEARCH_STEPS = 40;

interface FlacLayout {
  readonly format: FlacFormat;
  readonly tags: Tags;
  readonly start: number;
  readonly end: number;
}

/**
 * Frames are cut out here, by header CRC and position, and handed to libFLAC one by one: a damaged frame
 * becomes its length of silence and a warning, and an excerpt starts at the frame that holds it.
 */
export function openFlac(bytes: ByteSource): AudioStream {
  const layout = readLayout(bytes);
  const { format } = layout;
  const warnings: string[] = [];
  return {
    info: {
      format: "flac",
      sampleRateHz: format.sampleRateHz,
      nChannels: format.nChannels,
      nFrames: format.nFrames ?? lastFrameEnd(bytes, layout),
      tags: layout.tags,
    },
    warnings,
    async *decode(startFrame) {
      const warn = (atFrame: number, what: string) =>
        warnings.push(`${(atFrame / format.sampleRateHz).toFixed(2)} s in, ${what}`);
      let frame = locate(bytes, layout, startFrame);
      if (!frame) throw new MulanError("audio.damaged", "no FLAC frame was found");
      let position = frame.header.firstFrame;
      if (position > startFrame) {
        warn(startFrame, "the file's beginning is missing");
        yield* silence(format, position - startFrame);
      }
      const decoder = await createFlacDecoder(format.streamInfo);
      // Silence for damaged frames waits here until a frame decodes: a file of nothing else is an error.
      let silent = 0;
      let hasSound = false;
      try {
        while (frame) {
          const current: FlacFrame = frame;
          const { blockFrames, firstFrame } = current.header;
          if (firstFrame > position) {
            warn(position, `${firstFrame - position} samples are missing`);
            yield* silence(format, firstFrame - position);
          }
          const next = findFlacFrame(
            bytes,
            current.offset + 7,
            layout.end,
            format,
            ({ firstFrame: at }) =>
              at >= firstFrame + blockFrames && at <= lastPossible(format, firstFrame),
          );
          const length = (next?.offset ?? layout.end) - current.offset;
          const decoded = await decoder.decode(bytes.view(current.offset, length));
          if (!next && !decoded.channels[0]?.length) {
            warn(firstFrame, "the last frame is cut off");
            break;
          }
          if (decoded.error) warn(firstFrame, "a damaged frame became silence");
          const from = Math.max(0, startFrame - firstFrame);
          if (!hasSound && !decoded.channels[0]?.length) {
            silent += Math.max(0, blockFrames - from);
          } else {
            hasSound = true;
            yield* silence(format, silent);
            silent = 0;
            const piece = fitToBlock(decoded.channels, format.nChannels, blockFrames);
            if (from < blockFrames) yield piece.map((channel) => channel.subarray(from));
          }
          position = firstFrame + blockFrames;
          frame = next;
        }
        if (silent > 0) {
          const fromSec = (startFrame / format.sampleRateHz).toFixed(2);
          throw new MulanError("audio.damaged", `from ${fromSec} s on, no FLAC frame decodes`);
        }
      } finally {
        decoder.free();
      }
    },
  };
}

/** A header in damaged data may hold any number: nothing past the stream's end is believed. */
function lastPossible(format: FlacFormat, after: number): number {
  return format.nFrames ?? after + 600 * format.sampleRateHz;
}

const SILENCE_FRAMES = 65_536;

function* silence(format: FlacFormat, nFrames: number): Generator<Float32Array[]> {
  for (let left = nFrames; left > 0; left -= SILENCE_FRAMES) {
    const count = Math.min(left, SILENCE_FRAMES);
    yield Array.from({ length: format.nChannels }, () => new Float32Array(count));
  }
}

function readLayout(bytes: ByteSource): FlacLayout {
  const id3 = readId3v2(bytes);
  let at = id3.endOffset;
  if (ascii(bytes.view(at, 4), 0, 4) !== "fLaC") {
    throw new MulanError("audio.damaged", "the FLAC header is broken", { expected: "'fLaC'" });
  }
  at += 4;
  let format: FlacFormat | undefined;
  let tags: Tags = {};
  for (let last = false; !last; ) {
    const head = bytes.view(at, 4);
    if (head.byteLength < 4) break;
    last = (head[0]! & 0x80) !== 0;
    const kind = head[0]! & 0x7f;
    const length = bigEndian(head, 1, 3);
    if (kind === 127) break;
    if (kind === STREAMINFO) format = readFlacFormat(bytes.view(at + 4, 34));
    if (kind === VORBIS_COMMENT) {
      tags = readVorbisComments(bytes.view(at + 4, Math.min(length, MAX_COMMENT_BYTES)));
    }
    at += 4 + length;
  }
  if (!format) throw new MulanError("audio.damaged", "the FLAC header has no STREAMINFO");
  const end = bytes.size - (readId3v1(bytes) ? 128 : 0);
  return { format, tags: { ...id3.tags, ...tags }, start: Math.min(at, end), end };
}

const TAIL_BYTES = [64 * 1024, 1024 * 1024];

/** Where the sound ends when the encoder did not know: the file's last frame header tells its position. */
function lastFrameEnd(bytes: ByteSource, { format, start, end }: FlacLayout): number | undefined {
  for (const tail of TAIL_BYTES) {
    let last: FlacFrame | undefined;
    for (let at = Math.max(start, end - tail); at < end; at = last!.offset + 7) {
      const found = findFlacFrame(bytes, at, end, format);
      if (!found) break;
      last = found;
    }
    if (last) return last.header.firstFrame + last.header.blockFrames;
  }
  return undefined;
}

/** The frame that holds `target`, found by interpolation between positions that frame headers tell. */
function locate(bytes: ByteSource, layout: FlacLayout, target: number): FlacFrame | undefined {
  const { format, end } = layout;
  let low = findFlacFrame(bytes, layout.start, end, format);
  if (!low || low.header.firstFrame + low.header.blockFrames > target) return low;
  let high = { offset: end, position: format.nFrames ?? Number.POSITIVE_INFINITY };
  const near = NEAR_SEC * format.sampleRateHz;
  for (let step = 0; step < MAX_SEARCH_STEPS; step++) {
    if (target - low.header.firstFrame <= near || high.offset - low.offset < 65_536) break;
    const share = Number.isFinite(high.position)
      ? (target - near / 2 - low.header.firstFrame) / (high.position - low.header.firstFrame)
      : 0.5;
    // Even steps halve, so that a file of very uneven density still converges.
    const ratio = step % 3 === 2 ? 0.5 : Math.min(0.98, Math.max(0.02, share));
    const guess = low.offset + Math.max(1, Math.floor((high.offset - low.offset) * ratio));
    const lowest: number = low.header.firstFrame;
    const found: FlacFrame | undefined = findFlacFrame(
      bytes,
      guess,
      high.offset,
      format,
      ({ firstFrame }) => firstFrame > lowest && firstFrame <= high.position,
    );
    if (!found || found.header.firstFrame > target) {
      high = { offset: guess, position: found?.header.firstFrame ?? high.position };
    } else {
      low = found;
    }
  }
  for (let frame: FlacFrame | undefined = low; frame; ) {
    const { firstFrame, blockFrames } = frame.header;
    if (firstFrame + blockFrames > target) return frame;
    const following: FlacFrame | undefined = findFlacFrame(
      bytes,
      frame.offset + 7,
      end,
      format,
      ({ firstFrame: at }) =>
        at >= firstFrame + blockFrames && at <= lastPossible(format, firstFrame),
    );
    if (!following) return frame;
    frame = following;
  }
  return undefined;
}
