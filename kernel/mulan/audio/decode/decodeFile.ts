import { MulanError } from "../../foundation/errors.ts";
import { mean } from "../mean.ts";
import { resampledLength } from "../resampling/resampler.ts";
import { StreamResampler } from "../resampling/streamResampler.ts";
import type { StreamInfo } from "./audioStream.ts";
import { checkSamples, type SampleCheck } from "./checkSamples.ts";
import { FileBytes } from "./fileBytes.ts";
import { openAudio } from "./openAudio.ts";
import { DECODER_FAULT, type DecodeReply, type DecodeRequest } from "./protocol.ts";

/** Where decoded samples go; `drained` resolves when more may come. */
export interface SampleSink {
  format(sampleRateHz: number, nChannels: number, expectedFrames: number): void;
  samples(channels: readonly Float32Array[]): void;
  drained(): Promise<void>;
}

const PIECE_FRAMES = 65_536;
const MAX_WARNINGS = 20;
/** A file this much shorter than its header says is told of. */
const LENGTH_TOLERANCE_SEC = 0.06;

/** Decodes an excerpt, piece by piece, in memory that does not grow with its length. */
export async function decodeFile(
  request: DecodeRequest,
  sink: SampleSink,
  signal: AbortSignal,
): Promise<DecodeReply> {
  using bytes = new FileBytes(request.path);
  const stream = openAudio(bytes);
  const { info, warnings } = stream;
  const startFrame = Math.round(request.startSec * info.sampleRateHz);
  const wantedFrames =
    request.durationSec === null
      ? Number.POSITIVE_INFINITY
      : Math.round(request.durationSec * info.sampleRateHz);
  assertInside(info, startFrame, request.startSec);
  const promised = Math.min(wantedFrames, (info.nFrames ?? Number.POSITIVE_INFINITY) - startFrame);
  const output = await openOutput(request, info, promised, sink);
  const check: SampleCheck = { peak: 0, position: startFrame };
  let frames = 0;
  try {
    for await (const piece of stream.decode(startFrame)) {
      const channels = cut(piece, wantedFrames - frames);
      frames += channels[0]!.length;
      checkSamples(channels, info.sampleRateHz, check);
      output.push(channels);
      if (frames >= wantedFrames) break;
      if (!output.isFull()) continue;
      output.flush();
      await sink.drained();
      signal.throwIfAborted();
    }
    if (frames === 0) throw noSound(warnings);
    output.end();
  } catch (error) {
    if (error instanceof MulanError || signal.aborted) throw error;
    throw decoderFault(error);
  } finally {
    output.free();
  }
  if (Number.isFinite(promised) && frames < promised - LENGTH_TOLERANCE_SEC * info.sampleRateHz) {
    warnings.push(lengthWarning(info, startFrame + frames));
  }
  if (check.peak >= 4) {
    warnings.push(`samples reach ${check.peak.toPrecision(3)} times full scale`);
  }
  return {
    nFrames: frames,
    warnings: shortened(warnings),
    bytesRead: bytes.bytesRead,
  };
}

interface Output {
  push(channels: readonly Float32Array[]): void;
  isFull(): boolean;
  flush(): void;
  end(): void;
  free(): void;
}

async function openOutput(
  request: DecodeRequest,
  info: StreamInfo,
  promised: number,
  sink: SampleSink,
): Promise<Output> {
  const nChannels = request.shape === "mono" ? 1 : info.nChannels;
  const toHz = request.toRateHz ?? info.sampleRateHz;
  const ratio = toHz / info.sampleRateHz;
  const maxFrames = Math.floor(request.maxSamples / nChannels);
  const tooLong = () => {
    const minutes = (count: number) => `${(count / toHz / 60).toFixed(1)} minutes`;
    return new MulanError("audio.too-long", "this is too long to hold in memory at once", {
      expected: `at most ${minutes(maxFrames)} at ${toHz} Hz with ${nChannels} channel(s)`,
      ...(Number.isFinite(promised) && { got: minutes(promised * ratio) }),
      remedy: "Take a part of it with startSec and durationSec",
    });
  };
  if (Number.isFinite(promised) && promised * ratio > maxFrames) throw tooLong();
  const resamplers =
    toHz === info.sampleRateHz
      ? undefined
      : await Promise.all(
          Array.from({ length: nChannels }, () => StreamResampler.create(info.sampleRateHz, toHz)),
        );
  const expected = Number.isFinite(promised)
    ? resampledLength(Math.max(0, promised), info.sampleRateHz, toHz)
    : 0;
  sink.format(toHz, nChannels, expected);
  let waiting: Float32Array[][] = [];
  let waitingFrames = 0;
  let total = 0;
  const add = (channels: Float32Array[]) => {
    waiting.push(channels);
    waitingFrames += channels[0]!.length;
    total += channels[0]!.length;
    if (total > maxFrames + 1) throw tooLong();
  };
  const flush = () => {
    if (waitingFrames === 0) return;
    sink.samples(joined(waiting, nChannels, waitingFrames));
    waiting = [];
    waitingFrames = 0;
  };
  return {
    push(channels) {
      const shaped = request.shape === "mono" ? [mean(channels)] : [...channels];
      add(resamplers ? shaped.map((channel, i) => resamplers[i]!.push(channel)) : shaped);
    },
    isFull: () => waitingFrames >= PIECE_FRAMES,
    flush,
    end() {
      if (resamplers) add(resamplers.map((resampler) => resampler.end()));
      flush();
    },
    free() {
      for (const resampler of resamplers ?? []) resampler.free();
    },
  };
}

function cut(channels: Float32Array[], nFrames: number): Float32Array[] {
  if (channels[0]!.length <= nFrames) return channels;
  return channels.map((channel) => channel.subarray(0, nFrames));
}

function joined(
  pieces: readonly Float32Array[][],
  nChannels: number,
  nFrames: number,
): Float32Array[] {
  if (pieces.length === 1) return pieces[0]!;
  return Array.from({ length: nChannels }, (_, channel) => {
    const whole = new Float32Array(nFrames);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece[channel]!, at);
      at += piece[channel]!.length;
    }
    return whole;
  });
}

function assertInside(info: StreamInfo, startFrame: number, startSec: number): void {
  if (info.nFrames === 0) throw noSound([]);
  if (info.nFrames === undefined || startFrame < info.nFrames) return;
  throw new MulanError("audio.range", "the excerpt begins after the file's end", {
    expected: `startSec below ${(info.nFrames / info.sampleRateHz).toFixed(2)}`,
    got: `${startSec}`,
  });
}

/** Something thrown inside a decoder; the pool ends the process, whose WebAssembly memory is not to be trusted. */
function decoderFault(error: unknown): MulanError {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new MulanError(DECODER_FAULT, `the decoder gave up on damaged data (${why})`);
}

function noSound(warnings: readonly string[]): MulanError {
  const why = warnings[0] ? `: ${warnings[0]}` : "";
  return new MulanError("audio.empty", `the file holds no sound that can be decoded${why}`);
}

function lengthWarning(info: StreamInfo, frames: number): string {
  const seconds = (count: number) => `${(count / info.sampleRateHz).toFixed(2)} s`;
  return `the sound ends at ${seconds(frames)}, but the header promises ${seconds(info.nFrames!)}`;
}

function shortened(warnings: readonly string[]): string[] {
  if (warnings.length <= MAX_WARNINGS) return [...warnings];
  return [
    ...warnings.slice(0, MAX_WARNINGS),
    `and ${warnings.length - MAX_WARNINGS} more like these`,
  ];
}
