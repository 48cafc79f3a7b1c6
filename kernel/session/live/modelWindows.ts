import type { Clip } from "../../mulan/audio/clip.ts";
import { cutWindows, windowStarts } from "../../mulan/audio/cutWindows.ts";
import type { ClipId } from "../../mulan/figures/contract.ts";
import type { ClipWindows } from "../../mulan/figures/contractLive.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";
import type { JointModel } from "../../mulan/model/jointModel.ts";
import { latestModel, loadedModel } from "./loadedModels.ts";

/** @throws MulanError `live.no-model` */
export function modelOrLatest(id: string | null): JointModel {
  const model = id === null ? latestModel() : loadedModel(id);
  if (model) return model;
  throw new MulanError("live.no-model", "no model is loaded", {
    remedy: "Run a cell with await mulan.load()",
  });
}

/** Where a model's windows lie in a clip; nothing is decoded unless the clip's length is unknown. */
export async function windowsOf(model: JointModel, clip: Clip): Promise<ClipWindows> {
  const { frontEnd, windows: policy } = model.manifest.audio;
  const { sampleRateHz } = frontEnd;
  const nSamples = await samplesAt(clip, sampleRateHz);
  const starts = windowStarts(nSamples, policy);
  return {
    model: model.id,
    startSec: starts.map((start) => start / sampleRateHz),
    durationSec: starts.map(
      (start) => Math.min(policy.lengthSamples, nSamples - start) / sampleRateHz,
    ),
    windowSec: policy.lengthSamples / sampleRateHz,
    sampleRateHz,
    padding: policy.padding,
  };
}

/** One window's samples, cut exactly as `embedAudio` cuts them. @throws MulanError `live.no-window` */
export async function windowSamples(
  model: JointModel,
  clip: Clip,
  id: ClipId,
  index: number,
): Promise<Float32Array> {
  const { frontEnd, windows: policy } = model.manifest.audio;
  const pcm = await resampledOnce(clip, id, frontEnd.sampleRateHz);
  const window = cutWindows(pcm, frontEnd.sampleRateHz, policy)[index];
  if (window) return window.samples;
  throw new MulanError("live.no-window", `the model cuts no window ${index} from this clip`);
}

/** As `Clip.resampled` counts them. */
async function samplesAt(clip: Clip, sampleRateHz: number): Promise<number> {
  if (!Number.isFinite(clip.durationSec)) return (await clip.resampled(sampleRateHz)).length;
  const frames = Math.round(clip.durationSec * clip.sampleRateHz);
  return Math.ceil((frames * sampleRateHz) / clip.sampleRateHz);
}

/** The clip that was last listened to: its next window needs no decoding. */
let last: { readonly key: string; readonly pcm: Promise<Float32Array> } | undefined;

function resampledOnce(clip: Clip, id: ClipId, sampleRateHz: number): Promise<Float32Array> {
  const key = `${id} ${sampleRateHz}`;
  if (last?.key === key) return last.pcm;
  const pcm = clip.resampled(sampleRateHz);
  const mine = { key, pcm };
  last = mine;
  pcm.catch(() => {
    if (last === mine) last = undefined;
  });
  return pcm;
}
