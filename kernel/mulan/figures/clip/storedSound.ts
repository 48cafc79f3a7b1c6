import { encodeFlac, maxFlacRateHz } from "../../audio/flac/encodeFlac.ts";
import type { StoredSound } from "../contract.ts";
import { encodeBase64 } from "../payload.ts";

/**
 * The beginning of a clip as FLAC; undefined for a clip without samples or at a rate that FLAC does not have.
 * @param samples mono, −1 to 1
 */
export function storedSound(
  samples: Float32Array,
  sampleRateHz: number,
  maxSec: number,
): StoredSound | undefined {
  const nSamples = Math.min(samples.length, Math.round(maxSec * sampleRateHz));
  if (nSamples <= 0 || !Number.isInteger(sampleRateHz) || sampleRateHz > maxFlacRateHz) {
    return undefined;
  }
  const flac = encodeBase64(encodeFlac(samples.subarray(0, nSamples), sampleRateHz));
  return { flac, durationSec: nSamples / sampleRateHz };
}
