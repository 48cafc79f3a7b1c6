import type { ClipSource } from "../../embedding/source.ts";
import type { FigureContext } from "../context.ts";
import type { ClipFigure } from "../contract.ts";
import { defaultClipId } from "../items/clipId.ts";
import { formatDecibels, formatDuration, formatSampleRate, formatTime } from "../scale/numbers.ts";
import { cleanText } from "../text/cleanText.ts";
import { measureLevel } from "./peaks.ts";
import { type SpectrogramInput, spectrogramData } from "./spectrogramData.ts";
import { storedSound } from "./storedSound.ts";
import { waveformData } from "./waveformData.ts";

/** What the figure needs of a clip. */
export interface ClipInput {
  /** What is named to the engine; default: label, path and place. */
  readonly source?: ClipSource | undefined;
  readonly label: string;
  readonly path?: string | undefined;
  readonly tags: Readonly<Record<string, string | undefined>>;
  readonly startSec: number;
  readonly durationSec: number;
  /** Length of the clip where only its beginning is shown. */
  readonly wholeSec?: number | undefined;
  readonly sampleRateHz: number;
  readonly nChannels: number;
  /** Mono, −1 to 1. */
  readonly samples: Float32Array;
  /** What was found damaged in its file. */
  readonly warnings?: readonly string[] | undefined;
  readonly showWaveform: boolean;
  /** dB against the loudest cell: 0 down to −rangeDb. */
  readonly spectrogram?: SpectrogramInput | undefined;
}

/** Two a pixel of the PNG's 640 px: sharp there, and room to zoom in a renderer. */
const maxPeaks = 1280;
export const maxFrames = 640;
const maxTagCharacters = 120;

export function clipFigure(input: ClipInput, context: FigureContext): ClipFigure {
  const { startSec, durationSec, sampleRateHz, nChannels, path } = input;
  const label = cleanText(input.label) || "clip";
  const tags = cleanTags(input.tags);
  const level = measureLevel(input.samples);
  const nameClip = context.clipId ?? defaultClipId;
  const sound = storedSound(input.samples, sampleRateHz, context.storeAudioSec ?? 0);
  const from = startSec > 0 ? `from ${formatTime(startSec)}, ` : "";
  const length = formatDuration(durationSec);
  const extent =
    input.wholeSec === undefined ? length : `first ${length} of ${formatDuration(input.wholeSec)}`;
  const artist = tags.artist && !label.includes(tags.artist) ? ` · ${tags.artist}` : "";
  return {
    family: "clip",
    version: 1,
    title: `${label}${artist} · ${from}${extent} at ${formatSampleRate(sampleRateHz)}, ${channelsInWords(nChannels)}`,
    reading: readClip(input, level),
    model: null,
    footnote: input.spectrogram
      ? "spectrogram: mel bands, 0 dB is the loudest cell of the clip"
      : "",
    clip: nameClip(input.source ?? { label: input.label, path, startSec, durationSec }),
    label,
    tags,
    startSec,
    durationSec,
    sampleRateHz,
    nChannels,
    waveform: input.showWaveform ? waveformData(input.samples, maxPeaks, level) : null,
    spectrogram: input.spectrogram
      ? spectrogramData(input.spectrogram, maxFrames, level.peak === 0)
      : null,
    ...(sound && { sound }),
  };
}

function readClip(input: ClipInput, level: ReturnType<typeof measureLevel>): string {
  if (input.samples.length === 0) return "this clip holds no samples";
  if (level.peakDb === null || level.rmsDb === null) return "silence: every sample is 0";
  const loudest = input.startSec + loudestSec(input.samples, input.sampleRateHz);
  const at = input.durationSec >= 2 ? `; loudest around ${formatTime(loudest)}` : "";
  const warning = input.warnings?.[0] ? `; warning: ${cleanText(input.warnings[0])}` : "";
  return `peak ${formatDecibels(level.peakDb, "dBFS")}, RMS ${formatDecibels(level.rmsDb, "dBFS")}${at}${warning}`;
}

/** Middle of the half second with most energy. */
function loudestSec(samples: Float32Array, sampleRateHz: number): number {
  const size = Math.max(1, Math.round(sampleRateHz / 2));
  let best = 0;
  let bestEnergy = -1;
  for (let from = 0; from < samples.length; from += size) {
    let energy = 0;
    for (let i = from; i < Math.min(samples.length, from + size); i++) energy += samples[i]! ** 2;
    if (energy > bestEnergy) {
      best = from;
      bestEnergy = energy;
    }
  }
  return (best + size / 2) / sampleRateHz;
}

function channelsInWords(n: number): string {
  return n === 1 ? "mono" : n === 2 ? "stereo" : `${n} channels`;
}

function cleanTags(tags: ClipInput["tags"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags)
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .map(([name, value]) => [
        cleanText(name),
        [...cleanText(value)].slice(0, maxTagCharacters).join(""),
      ])
      .filter(([name, value]) => name && value),
  );
}
