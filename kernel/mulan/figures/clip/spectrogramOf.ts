import type { Clip, ReadOptions } from "../../audio/clip.ts";
import type { LogMelFrontEnd } from "../../audio/frontEnd.ts";
import { picture, type SpectrogramData } from "../../audio/spectrogram.ts";
import type { SpectrogramInput } from "./spectrogramData.ts";

/** A clip's log-mel picture in dB; undefined for a clip without samples. `samples` are its own, should the rates agree. */
export async function spectrogramOf(
  clip: Clip,
  samples: Float32Array,
  frontEnd: LogMelFrontEnd,
  options: ReadOptions,
): Promise<SpectrogramInput | undefined> {
  if (samples.length === 0) return undefined;
  const sameRate = frontEnd.sampleRateHz === clip.sampleRateHz;
  const pcm = sameRate ? samples : await clip.resampled(frontEnd.sampleRateHz, options);
  const data = picture(pcm, frontEnd);
  const { fMinHz, fMaxHz, melScale } = frontEnd;
  const { nFrames, nMels, hopSec } = data;
  return { values: inDecibels(data), nFrames, nMels, hopSec, fMinHz, fMaxHz, melScale };
}

/** A model's front end may have another logarithm: of power (then 10 dB a decade) or of magnitude (20). */
function inDecibels({ db, frontEnd }: SpectrogramData): Float32Array {
  const { log, power } = frontEnd;
  if (log.kind === "db") return db;
  const perDecade = (10 * 2) / power;
  const factor = log.kind === "ln" ? perDecade / Math.LN10 : perDecade;
  return db.map((value) => value * factor);
}
