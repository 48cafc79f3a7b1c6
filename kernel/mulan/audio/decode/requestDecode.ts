import { abortable } from "../../foundation/abortable.ts";
import { asFloat32 } from "../../foundation/frames.ts";
import { type DecodePool, decodePool } from "./decodePool.ts";
import type { DecodeReply, DecodeRequest } from "./protocol.ts";

export interface Decoded extends DecodeReply {
  readonly sampleRateHz: number;
  readonly channels: Float32Array[];
}

/** 1 GiB of float32: an hour and a half of mono at 48 kHz. */
export const MAX_DECODED_SAMPLES = 2 ** 28;
const GROWTH = 1.5;

export interface DecodeOptions {
  readonly path: string;
  readonly startSec: number;
  /** undefined: to the end. */
  readonly durationSec: number | undefined;
  readonly shape: "mono" | "channels";
  /** undefined: the file's own rate. */
  readonly toRateHz?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Decodes in a decode process; the samples come in pieces and are put together here. */
export async function requestDecode(
  options: DecodeOptions,
  pool: DecodePool = decodePool(),
): Promise<Decoded> {
  const { path, startSec, durationSec, shape, toRateHz, signal } = options;
  const message: DecodeRequest = {
    kind: "decode",
    path,
    startSec,
    durationSec: durationSec ?? null,
    shape,
    toRateHz: toRateHz ?? null,
    maxSamples: MAX_DECODED_SAMPLES,
  };
  let sampleRateHz = 0;
  let channels: Float32Array[] = [];
  let filled = 0;
  const work = pool.request(
    message,
    (event, bytes) => {
      if (event.type === "format") {
        sampleRateHz = event.sampleRateHz;
        channels = Array.from(
          { length: event.nChannels },
          () => new Float32Array(event.expectedFrames),
        );
      } else if (event.type === "samples") {
        const planar = asFloat32(bytes);
        channels = channels.map((channel, i) => {
          const room = roomFor(channel, filled, event.nFrames);
          room.set(planar.subarray(i * event.nFrames, (i + 1) * event.nFrames), filled);
          return room;
        });
        filled += event.nFrames;
      }
    },
    signal,
  );
  const reply = await abortable(work, signal);
  return {
    ...(reply.json as DecodeReply),
    sampleRateHz,
    channels: channels.map((channel) => exact(channel, filled)),
  };
}

function roomFor(channel: Float32Array, filled: number, more: number): Float32Array {
  if (filled + more <= channel.length) return channel;
  const grown = new Float32Array(Math.ceil(Math.max(filled + more, channel.length * GROWTH)));
  grown.set(channel.subarray(0, filled));
  return grown;
}

/** Its own memory, so that a caller may transfer it. */
function exact(channel: Float32Array, length: number): Float32Array {
  return channel.length === length ? channel : channel.slice(0, length);
}
