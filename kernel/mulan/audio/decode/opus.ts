import { createOpusDecoder } from "@audio/decode-opus/core";
import { MulanError } from "../../foundation/errors.ts";
import type { AudioStream } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { decodeOgg, type PacketDecoder } from "./oggDecode.ts";
import type { OggStream } from "./oggStream.ts";
import { readVorbisComments } from "./tags.ts";
import { littleEndian } from "./textBytes.ts";

/** Opus always decodes to 48 kHz; the rate in its header is only what the encoder was given. */
const RATE_HZ = 48_000;
/** RFC 7845 asks for 80 ms; the predictors of quiet passages take longer to agree. */
const PREROLL_FRAMES = 0.4 * RATE_HZ;
/** Family 1 has Vorbis' channel order; WAV's order, for each channel count. */
const WAV_ORDER: Readonly<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
};

interface OpusHead {
  readonly nChannels: number;
  readonly preSkip: number;
  readonly outputGain: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: number[];
}

export function openOpus(bytes: ByteSource, stream: OggStream): AudioStream {
  const head = readHead(stream.headers[0]!);
  const warnings: string[] = [];
  const nFrames =
    stream.lastGranule === undefined ? undefined : Math.max(0, stream.lastGranule - head.preSkip);
  const tags = readVorbisComments(stream.headers[1]!.subarray(8));
  return {
    info: { format: "opus", sampleRateHz: RATE_HZ, nChannels: head.nChannels, nFrames, tags },
    warnings,
    decode: (startFrame) =>
      decodeOgg(
        {
          bytes,
          stream,
          nChannels: head.nChannels,
          sampleRateHz: RATE_HZ,
          origin: head.preSkip,
          prerollFrames: PREROLL_FRAMES,
          createDecoder: () => createPacketDecoder(head),
          warnings,
        },
        startFrame,
      ),
  };
}

async function createPacketDecoder(head: OpusHead): Promise<PacketDecoder> {
  const decoder = await createOpusDecoder();
  decoder.configure({
    sampleRate: RATE_HZ,
    channels: head.nChannels,
    streamCount: head.streamCount,
    coupledStreamCount: head.coupledStreamCount,
    channelMappingTable: head.channelMappingTable,
    // Positions are kept here, so that an excerpt can begin anywhere.
    preSkip: 0,
    outputGain: head.outputGain,
  });
  return {
    async decode(packets) {
      const { channelData, errors } = decoder.decodeFrames([...packets]);
      return { channels: channelData, errors: errors.length };
    },
    free: () => decoder.free(),
  };
}

/** RFC 7845, section 5.1. */
function readHead(bytes: Uint8Array): OpusHead {
  const nChannels = bytes[9] ?? 0;
  const family = bytes[18] ?? 0;
  if (bytes.byteLength < 19 || nChannels === 0 || (family === 0 && nChannels > 2)) {
    throw new MulanError("audio.damaged", "the Opus header is broken");
  }
  const gain = littleEndian(bytes, 16, 2);
  const outputGain = gain >= 0x8000 ? gain - 0x10000 : gain;
  const base = { nChannels, preSkip: littleEndian(bytes, 10, 2), outputGain };
  if (family === 0) {
    const channelMappingTable = nChannels === 2 ? [0, 1] : [0];
    return { ...base, streamCount: 1, coupledStreamCount: nChannels - 1, channelMappingTable };
  }
  const table = [...bytes.subarray(21, 21 + nChannels)];
  if (table.length !== nChannels) {
    throw new MulanError("audio.damaged", "the Opus header's channel table is cut off");
  }
  const order = family === 1 ? WAV_ORDER[nChannels] : undefined;
  return {
    ...base,
    streamCount: bytes[19]!,
    coupledStreamCount: bytes[20]!,
    channelMappingTable: order ? order.map((i) => table[i]!) : table,
  };
}
