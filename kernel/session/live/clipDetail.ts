import { z } from "zod";
import type { Clip } from "../../mulan/audio/clip.ts";
import type { LogMelFrontEnd } from "../../mulan/audio/frontEnd.ts";
import { defaultFrontEnd } from "../../mulan/audio/spectrogram.ts";
import { maxFrames as framesOfFigures } from "../../mulan/figures/clip/figure.ts";
import { loudestCell, spectrogramData } from "../../mulan/figures/clip/spectrogramData.ts";
import { spectrogramOf } from "../../mulan/figures/clip/spectrogramOf.ts";
import { waveformData } from "../../mulan/figures/clip/waveformData.ts";
import type { ClipId } from "../../mulan/figures/contract.ts";
import type { ClipDetail } from "../../mulan/figures/contractLive.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";
import type { Handler } from "./handler.ts";
import { loadedModel } from "./loadedModels.ts";
import { clipId, modelId } from "./params.ts";
import { shownClips } from "./shownClips.ts";

/** Of figures; a longer piece would be decoded for nobody's eyes. */
const maxPieceSec = 20 * 60;
const maxColumns = 4096;

export const clipDetail: Handler<"clipDetail"> = {
  params: z.strictObject({
    clip: clipId,
    model: modelId.nullable(),
    startSec: z.number().min(0),
    durationSec: z.number().positive().max(maxPieceSec),
    maxPeaks: z.int().positive().max(maxColumns),
    maxFrames: z.int().positive().max(maxColumns),
  }),
  async answer({ clip: id, model, ...range }) {
    const clip = await shownClips.open(id);
    const own = model === null ? undefined : loadedModel(model).manifest.audio.frontEnd;
    const heard = own?.kind === "logMel" ? own : undefined;
    const frontEnd = heard ?? defaultFrontEnd(clip.sampleRateHz);
    const detail = await detailOf(clip, id, frontEnd, range);
    return { ...detail, model: heard ? model : null };
  },
};

interface Range {
  readonly startSec: number;
  readonly durationSec: number;
  readonly maxPeaks: number;
  readonly maxFrames: number;
}

async function detailOf(
  clip: Clip,
  id: ClipId,
  frontEnd: LogMelFrontEnd,
  { startSec, durationSec, maxPeaks, maxFrames }: Range,
): Promise<Omit<ClipDetail, "model">> {
  const part = clip.excerpt({ startSec, durationSec });
  const samples = await part.samples();
  // Frames at the edges look half a window beyond; whole hops keep the frames in step with the piece.
  const hopSec = frontEnd.hopLength / frontEnd.sampleRateHz;
  const nBefore = startSec > 0 ? Math.ceil(frontEnd.nFft / 2 / frontEnd.hopLength) : 0;
  const margin = Math.min(nBefore, Math.floor(startSec / hopSec));
  const wide = clip.excerpt({
    startSec: startSec - margin * hopSec,
    durationSec: durationSec + 2 * margin * hopSec,
  });
  const wideSamples = margin === 0 ? samples : await wide.samples();
  const input = await spectrogramOf(wide, wideSamples, frontEnd, {});
  if (!input) throw new MulanError("live.empty", "this part of the clip holds no samples");
  // Pooled frames of a long piece are longer than hops.
  const skipped = Math.round((margin * hopSec) / input.hopSec);
  const wanted = Math.ceil(samples.length / part.sampleRateHz / input.hopSec) + 1;
  const nFrames = Math.max(1, Math.min(wanted, input.nFrames - skipped));
  const values = input.values.subarray(skipped * input.nMels, (skipped + nFrames) * input.nMels);
  const isWhole = startSec === 0 && durationSec >= clip.durationSec;
  const reference = await loudestOnce(id, frontEnd, () =>
    isWhole ? loudestCell(input, framesOfFigures) : findLoudest(clip, frontEnd),
  );
  return {
    startSec,
    durationSec: samples.length / part.sampleRateHz,
    waveform: waveformData(samples, maxPeaks),
    spectrogram: spectrogramData({ ...input, values, nFrames }, maxFrames, false, reference),
  };
}

const loudest = new Map<string, Promise<number>>();
const maxRemembered = 200;

/** What is 0 dB in a clip's figures: the same however far one zooms. */
function loudestOnce(
  id: ClipId,
  frontEnd: LogMelFrontEnd,
  find: () => number | Promise<number>,
): Promise<number> {
  const key = JSON.stringify([id, frontEnd]);
  const known = loudest.get(key);
  if (known) return known;
  const found = Promise.resolve(find());
  loudest.set(key, found);
  found.catch(() => loudest.delete(key));
  const [oldest] = loudest.keys();
  if (loudest.size > maxRemembered && oldest !== undefined) loudest.delete(oldest);
  return found;
}

async function findLoudest(clip: Clip, frontEnd: LogMelFrontEnd): Promise<number> {
  const shown = clip.durationSec > maxPieceSec ? clip.excerpt({ durationSec: maxPieceSec }) : clip;
  const input = await spectrogramOf(shown, await shown.samples(), frontEnd, {});
  return input ? loudestCell(input, framesOfFigures) : 0;
}
