import { Clip, type ReadOptions } from "../../audio/clip.ts";
import type { LogMelFrontEnd } from "../../audio/frontEnd.ts";
import { defaultFrontEnd, type Spectrogram } from "../../audio/spectrogram.ts";
import type { Waveform } from "../../audio/waveform.ts";
import type { FigureContext } from "../context.ts";
import type { ClipFigure } from "../contract.ts";
import { clipFigure } from "./figure.ts";
import { spectrogramOf } from "./spectrogramOf.ts";

/** More than this is not decoded for a look: an hour of stereo would be 635 MB of samples. */
const maxShownSec = 20 * 60;

/** Decodes a clip (its first 20 minutes) and makes its figure; a waveform or spectrogram value shows that part alone. */
export async function figureOfClip(
  value: Clip | Waveform | Spectrogram,
  options: FigureContext & ReadOptions,
): Promise<ClipFigure> {
  const whole = value instanceof Clip ? value : value.clip;
  const clip =
    whole.durationSec > maxShownSec ? whole.excerpt({ durationSec: maxShownSec }) : whole;
  const samples = await clip.samples(options);
  const wanted = value instanceof Clip ? defaultFrontEnd(clip.sampleRateHz) : frontEndOf(value);
  const { label, path, tags, startSec, sampleRateHz, nChannels } = clip;
  return clipFigure(
    {
      source: clip,
      label,
      path,
      tags: { ...tags },
      startSec,
      // A header may lie about the length or not know it; the samples do.
      durationSec: samples.length / sampleRateHz,
      wholeSec: clip === whole ? undefined : whole.durationSec,
      sampleRateHz,
      nChannels,
      samples,
      warnings: clip.warnings,
      showWaveform: !isSpectrogram(value),
      spectrogram: wanted && (await spectrogramOf(clip, samples, wanted, options)),
    },
    options,
  );
}

export function isWaveform(value: unknown): value is Waveform {
  return isPicture(value, "waveform");
}

export function isSpectrogram(value: unknown): value is Spectrogram {
  return isPicture(value, "spectrogram");
}

/** These two have no class: they are known by their kind and by a real Clip inside. */
function isPicture(value: unknown, kind: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (!("kind" in value) || !("clip" in value)) return false;
  return value.kind === kind && value.clip instanceof Clip;
}

function frontEndOf(value: Waveform | Spectrogram): LogMelFrontEnd | undefined {
  return isSpectrogram(value) ? value.frontEnd : undefined;
}
