import { z } from "zod";
import type { Clip } from "../../mulan/audio/clip.ts";
import { type AudioPiece, maxPieceSec } from "../../mulan/figures/contractLive.ts";
import { encodeBase64 } from "../../mulan/figures/payload.ts";
import type { Handler } from "./handler.ts";
import { clipId } from "./params.ts";
import { shownClips } from "./shownClips.ts";

/** More channels than a browser's AudioBuffer and anybody's ears take. */
const maxChannels = 8;
const full = 32767;

export const audio: Handler<"audio"> = {
  params: z.strictObject({
    clip: clipId,
    startSec: z.number().min(0),
    durationSec: z.number().positive().max(maxPieceSec),
  }),
  answer: async ({ clip, startSec, durationSec }) =>
    audioPiece(await shownClips.open(clip), startSec, durationSec),
};

/** A part of a clip's own channels; an empty one where it begins at or after the clip's end. */
export async function audioPiece(
  clip: Clip,
  startSec: number,
  durationSec: number,
): Promise<AudioPiece> {
  const { sampleRateHz } = clip;
  if (startSec >= clip.durationSec) {
    return { sampleRateHz, channels: [""], limit: 1, startSec, durationSec: 0 };
  }
  const channels = await clip.excerpt({ startSec, durationSec }).channels();
  return encodePiece(channels.slice(0, maxChannels), sampleRateHz, startSec);
}

/** Channels as int16: 96 dB, at a quarter of what JSON numbers would take. Above 1.0 nothing is clipped. */
export function encodePiece(
  channels: readonly Float32Array[],
  sampleRateHz: number,
  startSec: number,
): AudioPiece {
  let limit = 1;
  for (const channel of channels) {
    for (const sample of channel) limit = Math.max(limit, Math.abs(sample));
  }
  const encoded = channels.map((channel) => {
    const values = Int16Array.from(channel, (sample) => Math.round((sample / limit) * full));
    return encodeBase64(new Uint8Array(values.buffer));
  });
  const durationSec = (channels[0]?.length ?? 0) / sampleRateHz;
  return { sampleRateHz, channels: encoded, limit, startSec, durationSec };
}
