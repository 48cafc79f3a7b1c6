import { decoder as createPackageDecoder } from "@audio/decode-vorbis";
import { MulanError } from "../../foundation/errors.ts";
import type { AudioStream } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { decodeOgg, type PacketDecoder } from "./oggDecode.ts";
import { OggMuxer } from "./oggMux.ts";
import type { OggStream } from "./oggStream.ts";
import { readVorbisComments } from "./tags.ts";
import { littleEndian } from "./textBytes.ts";

/** "\x03vorbis", an empty vendor, no comments, framing bit: tags and pictures need not reach the decoder. */
const EMPTY_COMMENT = Uint8Array.from([3, 118, 111, 114, 98, 105, 115, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
/** Two long blocks of the largest size: the overlap of a packet with the one before it. */
const PREROLL_FRAMES = 2 * 8192;

export function openVorbis(bytes: ByteSource, stream: OggStream): AudioStream {
  const id = stream.headers[0]!;
  const nChannels = id[11] ?? 0;
  const sampleRateHz = littleEndian(id, 12, 4);
  if (id.byteLength < 30 || nChannels === 0 || sampleRateHz === 0) {
    throw new MulanError("audio.damaged", "the Vorbis header is broken");
  }
  const warnings: string[] = [];
  const tags = readVorbisComments(stream.headers[1]!.subarray(7));
  return {
    info: { format: "vorbis", sampleRateHz, nChannels, nFrames: stream.lastGranule, tags },
    warnings,
    decode: (startFrame) =>
      decodeOgg(
        {
          bytes,
          stream,
          nChannels,
          sampleRateHz,
          origin: 0,
          prerollFrames: PREROLL_FRAMES,
          createDecoder: () => createVorbisDecoder(stream.headers),
          warnings,
        },
        startFrame,
      ),
  };
}

async function createVorbisDecoder(headers: readonly Uint8Array[]): Promise<PacketDecoder> {
  const decoder = await createPackageDecoder();
  const muxer = new OggMuxer();
  decoder.decode(muxer.mux([headers[0]!], 0));
  decoder.decode(muxer.mux([EMPTY_COMMENT, headers[2]!], 0));
  let granule = 0;
  return {
    async decode(packets) {
      granule += packets.length;
      // An odd first byte marks a header packet, which has no place among sound.
      const sound = packets.filter((packet) => packet.byteLength > 0 && (packet[0]! & 1) === 0);
      // The package gives a page out only when it has seen a byte of the next one.
      const pages = Buffer.concat([muxer.mux(sound, granule), muxer.filler(granule)]);
      const { channelData } = decoder.decode(pages);
      return { channels: channelData, errors: packets.length - sound.length };
    },
    free: () => decoder.free(),
  };
}
