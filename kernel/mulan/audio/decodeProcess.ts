/** Entry of the decode process: audio files are parsed and decoded here and nowhere else. */
import { type RequestContext, serveRequests } from "../foundation/childServer.ts";
import { decodeFile, type SampleSink } from "./decode/decodeFile.ts";
import { probeFile } from "./decode/probeFile.ts";
import type { DecodeEvent, DecodeMessage, ProbeResult } from "./decode/protocol.ts";

serveRequests(async (value, _bytes, context) => {
  const message = value as DecodeMessage;
  const tell = (event: DecodeEvent, samples?: Float32Array) => context.emit(event, samples);
  tell({ type: "begun" });
  if (message.kind === "probe") {
    const results: ProbeResult[] = [];
    for (const path of message.paths) results.push(probeFile(path));
    return { value: results };
  }
  return { value: await decodeFile(message, sinkFor(context, tell), context.signal) };
});

function sinkFor(
  context: RequestContext,
  tell: (event: DecodeEvent, samples?: Float32Array) => void,
): SampleSink {
  return {
    format: (sampleRateHz, nChannels, expectedFrames) =>
      tell({ type: "format", sampleRateHz, nChannels, expectedFrames }),
    samples: (channels) =>
      tell({ type: "samples", nFrames: channels[0]!.length }, planar(channels)),
    drained: () => context.drained(),
  };
}

function planar(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0]!;
  const nFrames = channels[0]!.length;
  const all = new Float32Array(channels.length * nFrames);
  channels.forEach((channel, i) => {
    all.set(channel, i * nFrames);
  });
  return all;
}
