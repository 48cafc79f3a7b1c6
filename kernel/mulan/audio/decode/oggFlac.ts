import { MulanError } from "../../foundation/errors.ts";
import type { AudioStream } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { createFlacDecoder } from "./flacDecoder.ts";
import { readFlacFormat } from "./flacFormat.ts";
import { decodeOgg, type PacketDecoder } from "./oggDecode.ts";
import type { OggStream } from "./oggStream.ts";
import { readVorbisComments } from "./tags.ts";

/** The mapping's own 13 bytes and the metadata block's head stand before STREAMINFO. */
const STREAMINFO_OFFSET = 17;
const VORBIS_COMMENT = 4;

export function openOggFlac(bytes: ByteSource, stream: OggStream): AudioStream {
  const first = stream.headers[0];
  if (!first) throw new MulanError("audio.damaged", "the Ogg FLAC header is broken");
  const format = readFlacFormat(first.subarray(STREAMINFO_OFFSET));
  const comment = stream.headers.find((header) => (header[0]! & 0x7f) === VORBIS_COMMENT);
  const warnings: string[] = [];
  const { nChannels, sampleRateHz } = format;
  return {
    info: {
      format: "flac",
      sampleRateHz,
      nChannels,
      nFrames: format.nFrames ?? stream.lastGranule,
      tags: comment ? readVorbisComments(comment.subarray(4)) : {},
    },
    warnings,
    decode: (startFrame) =>
      decodeOgg(
        {
          bytes,
          stream,
          nChannels,
          sampleRateHz,
          origin: 0,
          prerollFrames: 0,
          createDecoder: () => createPacketDecoder(format.streamInfo),
          warnings,
        },
        startFrame,
      ),
  };
}

async function createPacketDecoder(streamInfo: Uint8Array): Promise<PacketDecoder> {
  const decoder = await createFlacDecoder(streamInfo);
  return {
    async decode(packets) {
      const pieces: Float32Array[][] = [];
      let errors = 0;
      for (const packet of packets) {
        const { channels, error } = await decoder.decode(packet);
        if (error) errors++;
        else if (channels[0]?.length) pieces.push(channels);
      }
      return { channels: concatenate(pieces), errors };
    },
    free: () => decoder.free(),
  };
}

function concatenate(pieces: readonly Float32Array[][]): Float32Array[] {
  if (pieces.length <= 1) return pieces[0] ?? [];
  const nFrames = pieces.reduce((sum, piece) => sum + piece[0]!.length, 0);
  return pieces[0]!.map((_, channel) => {
    const whole = new Float32Array(nFrames);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece[channel] ?? new Float32Array(0), at);
      at += piece[0]!.length;
    }
    return whole;
  });
}
