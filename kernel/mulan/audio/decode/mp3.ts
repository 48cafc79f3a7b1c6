import { decoder as createDecoder } from "@audio/decode-mp3";
import { MulanError } from "../../foundation/errors.ts";
import type { AudioStream } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { findMp3Frame, type Mp3Frame, walkMp3Frames } from "./mp3Frames.ts";
import { type Mp3Layout, readMp3Layout } from "./mp3Info.ts";
import { countMp3Frames, locateMp3Frame, mp3FrameSpan } from "./mp3Seek.ts";

/** The synthesis filter bank of every MPEG decoder delays the sound by this much. */
const DECODER_DELAY = 529;
const BATCH_BYTES = 32 * 1024;
const MAX_FRAME_BYTES = 2881;
const MORE_BYTES = 3 * MAX_FRAME_BYTES;

/**
 * Frames are found here and only whole ones reach mpg123: its own resynchronisation fails for good on
 * some damage, its gapless trimming needs the file's first frame, and an excerpt must know where it is.
 */
export function openMp3(bytes: ByteSource): AudioStream {
  const layout = readMp3Layout(bytes);
  if (!layout) {
    throw new MulanError("audio.damaged", "no MPEG audio frame was found", {
      expected: "two frames in a row near the start of the file",
    });
  }
  const { header } = layout.first;
  const span = mp3FrameSpan(layout);
  const warnings: string[] = [];
  // Without a gapless header nothing is cut: that is what players do with such files.
  const delay = layout.hasGapless ? layout.encoderDelay + DECODER_DELAY : 0;
  const counted = countMp3Frames(bytes, span);
  const end = layout.hasGapless
    ? counted * header.frameSamples - Math.max(0, layout.encoderPadding - DECODER_DELAY)
    : Number.POSITIVE_INFINITY;
  const total = Math.min(end, counted * header.frameSamples) - delay;
  const nFrames = Math.max(0, total);
  if (layout.countedFrames !== undefined && counted < layout.countedFrames) {
    warnings.push(
      `the header counts ${layout.countedFrames} frames, the file holds about ${counted}: its end is missing`,
    );
  }
  if (hasMoreThanCounted(bytes, layout)) {
    const seconds = (nFrames / header.sampleRateHz).toFixed(2);
    warnings.push(`more sound follows the ${seconds} s that the header counts; it is left out`);
  }
  return {
    info: {
      format: "mp3",
      sampleRateHz: header.sampleRateHz,
      nChannels: header.nChannels,
      nFrames,
      tags: layout.tags,
    },
    warnings,
    async *decode(startFrame) {
      const place = locateMp3Frame(
        bytes,
        span,
        Math.floor((startFrame + delay) / header.frameSamples),
      );
      const onGap = (offset: number, length: number) => {
        warnings.push(
          offset + length >= span.end
            ? `the last ${length} bytes are no whole frame of MPEG audio`
            : `${length} bytes at offset ${offset} are no MPEG audio and were stepped over`,
        );
      };
      const frames = walkMp3Frames(bytes, place.offset, span.end, header, onGap);
      // Raw positions count decoded samples from the first frame on, encoder delay included.
      let raw = place.frameIndex * header.frameSamples;
      const keepFrom = startFrame + delay;
      const decoder = await createDecoder();
      try {
        for (const batch of batches(frames)) {
          const expected = batch.length * header.frameSamples;
          const decoded = decoder.decode(joined(bytes, batch));
          const piece = fitted(decoded.channelData, header.nChannels, expected);
          if ((decoded.channelData[0]?.length ?? 0) < expected) {
            warnings.push(
              `about ${(raw / header.sampleRateHz).toFixed(2)} s in, a frame did not decode`,
            );
          }
          // The end is known only where the header counted right: a shorter walk ends by itself.
          const from = Math.max(0, keepFrom - raw);
          const to = Math.min(expected, end - raw);
          if (to > from) yield piece.map((channel) => channel.subarray(from, to));
          raw += expected;
          if (raw >= end) return;
        }
      } finally {
        decoder.free();
      }
    },
  };
}

/** Files that were joined end to end: the first one's header counts only its own frames. */
function hasMoreThanCounted(bytes: ByteSource, layout: Mp3Layout): boolean {
  const { first, audioEnd, countedBytes, countedFrames } = layout;
  if (!countedBytes || !countedFrames) return false;
  const countedEnd = first.offset + countedBytes;
  // Some encoders leave their own header frame out of the count, and an odd frame more is no second file.
  if (audioEnd - countedEnd < MORE_BYTES) return false;
  return findMp3Frame(bytes, countedEnd + MAX_FRAME_BYTES, audioEnd, first.header) !== undefined;
}

function* batches(frames: Iterable<Mp3Frame>): Generator<Mp3Frame[]> {
  let batch: Mp3Frame[] = [];
  let size = 0;
  for (const frame of frames) {
    batch.push(frame);
    size += frame.header.frameBytes;
    if (size < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}

function joined(bytes: ByteSource, batch: readonly Mp3Frame[]): Uint8Array {
  const first = batch[0]!;
  const last = batch.at(-1)!;
  const length = last.offset + last.header.frameBytes - first.offset;
  const size = batch.reduce((sum, frame) => sum + frame.header.frameBytes, 0);
  if (length === size) return bytes.view(first.offset, length);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const { offset, header } of batch) {
    whole.set(bytes.view(offset, header.frameBytes), at);
    at += header.frameBytes;
  }
  return whole;
}

/** Mono comes from mpg123 as two equal channels; a frame that did not decode is silence. */
function fitted(
  channels: readonly Float32Array[],
  nChannels: number,
  nFrames: number,
): Float32Array[] {
  return Array.from({ length: nChannels }, (_, i) => {
    const channel = channels[i] ?? new Float32Array(0);
    if (channel.length === nFrames) return channel;
    const whole = new Float32Array(nFrames);
    whole.set(channel.subarray(0, nFrames));
    return whole;
  });
}
