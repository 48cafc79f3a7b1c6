import { MulanError } from "../../foundation/errors.ts";
import { checkSamples } from "../decode/checkSamples.ts";
import { MAX_DECODED_SAMPLES } from "../decode/requestDecode.ts";
import type { DecodedSource, DecodeSourceOptions } from "../decodeSource.ts";
import { mean } from "../mean.ts";
import { resample } from "../resample.ts";
import { ffmpegPath } from "./ffmpegPath.ts";
import { runFfmpeg } from "./runFfmpeg.ts";

/** What lies before an excerpt is decoded without a sign of life, at least this fast. */
const SLOWEST_TIMES_REAL_TIME = 30;

/**
 * Decodes with the user's ffmpeg: its float samples of every channel at the file's own rate. The mean and the
 * resampling are ours, because ffmpeg's mono is 3 dB too loud for some layouts and its resampler leaks aliases.
 */
export async function decodeWithFfmpeg(
  options: DecodeSourceOptions & { readonly path: string },
): Promise<DecodedSource> {
  const { path, startSec, durationSec, nChannels, sampleRateHz, shape, toRateHz, signal } = options;
  const program = ffmpegPath();
  if (!program) {
    throw new MulanError("audio.unsupported", "ffmpeg, which opened this file, is gone", {
      remedy: "Put it back on PATH, or name it with setFfmpegPath()",
    });
  }
  const pieces: Buffer[] = [];
  let size = 0;
  const startFrame = Math.round(startSec * sampleRateHz);
  const endFrame =
    durationSec === undefined ? undefined : startFrame + Math.round(durationSec * sampleRateHz);
  // Not -ss: seeking in an AAC file moved every sample. Counting samples decodes what lies before, silently.
  const trim = `atrim=start_sample=${startFrame}${endFrame === undefined ? "" : `:end_sample=${endFrame}`}`;
  await runFfmpeg({
    program,
    silentSec: startSec / SLOWEST_TIMES_REAL_TIME,
    args: [
      ...["-v", "error", "-i", path, "-map", "0:a:0", "-af", trim, "-f", "f32le"],
      ...["-c:a", "pcm_f32le", "-ac", String(nChannels), "-ar", String(sampleRateHz), "pipe:1"],
    ],
    onOutput: (bytes) => {
      pieces.push(bytes);
      size += bytes.byteLength;
      if (size > 4 * MAX_DECODED_SAMPLES) {
        throw new MulanError("audio.too-long", "this is too long to hold in memory at once", {
          remedy: "Take a part of it with startSec and durationSec",
        });
      }
    },
    signal,
  });
  const nFrames = Math.floor(size / 4 / nChannels);
  if (nFrames === 0)
    throw new MulanError("audio.empty", "the file holds no sound that can be decoded");
  const channels = deinterleaved(Buffer.concat(pieces), nFrames, nChannels);
  checkSamples(channels, sampleRateHz, { peak: 0, position: 0 });
  const shaped = shape === "mono" ? [mean(channels)] : channels;
  const toHz = toRateHz ?? sampleRateHz;
  const resampled = await Promise.all(
    shaped.map((channel) => resample(channel, sampleRateHz, toHz)),
  );
  return { channels: resampled, warnings: [] };
}

function deinterleaved(bytes: Buffer, nFrames: number, nChannels: number): Float32Array[] {
  return Array.from({ length: nChannels }, (_, channel) => {
    const samples = new Float32Array(nFrames);
    let at = 4 * channel;
    for (let i = 0; i < nFrames; i++, at += 4 * nChannels) samples[i] = bytes.readFloatLE(at);
    return samples;
  });
}
