import { encodeInt8, type WaveformData } from "../contract.ts";
import { findPeaks, type Level, measureLevel } from "./peaks.ts";

/** @param samples mono, −1 to 1 */
export function waveformData(
  samples: Float32Array,
  maxPeaks: number,
  { peak, peakDb, rmsDb }: Level = measureLevel(samples),
): WaveformData {
  const n = Math.min(maxPeaks, samples.length);
  const peakLimit = peak > 0 ? peak : 1;
  const peaks = encodeInt8(findPeaks(samples, n), peakLimit);
  return { peaks, n, peakLimit, peakDb, rmsDb };
}
