import { Clip, type ReadOptions } from "../../audio/clip.ts";
import type { EmbeddingSource } from "../../embedding/source.ts";
import { isClipSource } from "../../embedding/source.ts";
import type { Timeline } from "../../evaluation/timelineResult.ts";
import { waveformData } from "../clip/waveformData.ts";
import type { FigureContext } from "../context.ts";
import {
  decodeFloat16,
  encodeFloat16,
  type TimelineFigure,
  type WaveformData,
} from "../contract.ts";
import { defaultClipId } from "../items/clipId.ts";
import { cleanText } from "../text/cleanText.ts";
import { describeTimeline, formatWindow } from "./describe.ts";

/** What the figure needs of a Timeline. */
export interface TimelineInput
  extends Pick<
    Timeline,
    | "label"
    | "prompts"
    | "startSec"
    | "durationSec"
    | "windowSec"
    | "cosines"
    | "scores"
    | "modelId"
  > {
  readonly source: EmbeddingSource;
  readonly waveform: WaveformData | null;
}

const maxPeaks = 640;
/** As of a clip's figure: more is not decoded for a look. */
const maxDecodedSec = 20 * 60;

/** Decodes the clip for its waveform, where it can be decoded. */
export async function figureOfTimeline(
  value: Timeline,
  options: FigureContext & ReadOptions,
): Promise<TimelineFigure> {
  const { source } = value;
  const shown = source instanceof Clip && source.durationSec <= maxDecodedSec;
  const waveform = shown ? waveformData(await source.samples(options), maxPeaks) : null;
  const { label, prompts, startSec, durationSec, windowSec, cosines, scores, modelId } = value;
  const lanes = { label, prompts, startSec, durationSec, windowSec, cosines, scores, modelId };
  return timelineFigure({ ...lanes, source, waveform }, options);
}

export function timelineFigure(input: TimelineInput, context: FigureContext): TimelineFigure {
  const { source, windowSec, waveform } = input;
  const known = isClipSource(source) ? source : undefined;
  const clipStartSec = known?.startSec ?? input.startSec[0] ?? 0;
  const starts = Array.from(input.startSec, (sec) => toMs(sec - clipStartSec));
  const lengths = Array.from(input.durationSec, toMs);
  const heardSec = Math.max(0, ...starts.map((start, i) => start + lengths[i]!));
  const durationSec = known && Number.isFinite(known.durationSec) ? known.durationSec : heardSec;
  const cosines = encodeFloat16(input.cosines);
  const described = {
    label: cleanText(input.label) || "clip",
    startSec: clipStartSec,
    durationSec,
    prompts: input.prompts.map((prompt, i) => cleanText(prompt) || `(${i + 1})`),
    windows: { startSec: starts, durationSec: lengths },
    windowSec: toMs(windowSec),
    scores: Array.from(input.scores, (score) => Number(score.toFixed(4))),
  };
  const model = context.modelName ?? input.modelId;
  const isPadded = lengths.some((length) => length < windowSec - 1e-3);
  const policy = `windows of ${formatWindow(windowSec)}${isPadded ? ", the shorter ones padded" : ""}`;
  return {
    family: "timeline",
    version: 1,
    ...describeTimeline(described, decodeFloat16(cosines)),
    model: input.modelId || null,
    footnote: [model, policy].filter(Boolean).join(" · "),
    clip: known ? (context.clipId ?? defaultClipId)(known) : null,
    ...described,
    waveform,
    cosines,
  };
}

function toMs(sec: number): number {
  return Math.round(sec * 1000) / 1000;
}
