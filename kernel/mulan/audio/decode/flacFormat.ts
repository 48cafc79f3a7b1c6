import { MulanError } from "../../foundation/errors.ts";
import type { FlacFormat } from "./flacFrames.ts";
import { bigEndian } from "./textBytes.ts";

/** STREAMINFO (RFC 9639, section 8.2). */
export function readFlacFormat(body: Uint8Array): FlacFormat {
  const sampleRateHz = bigEndian(body, 10, 3) >> 4;
  const nChannels = ((body[12]! >> 1) & 7) + 1;
  const bitsPerSample = (((body[12]! & 1) << 4) | (body[13]! >> 4)) + 1;
  const total = (body[13]! & 15) * 2 ** 32 + bigEndian(body, 14, 4);
  if (body.byteLength < 34 || sampleRateHz === 0) {
    throw new MulanError("audio.damaged", "the FLAC header's STREAMINFO is broken");
  }
  return {
    streamInfo: body.slice(0, 34),
    maxBlockFrames: bigEndian(body, 2, 2),
    maxFrameBytes: bigEndian(body, 7, 3),
    sampleRateHz,
    nChannels,
    bitsPerSample,
    nFrames: total === 0 ? undefined : total,
  };
}
