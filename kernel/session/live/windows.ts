import { z } from "zod";
import { encodePiece } from "./audio.ts";
import type { Handler } from "./handler.ts";
import { loadedModel } from "./loadedModels.ts";
import { modelOrLatest, windowSamples, windowsOf } from "./modelWindows.ts";
import { clipId, modelId } from "./params.ts";
import { shownClips } from "./shownClips.ts";

export const windows: Handler<"windows"> = {
  params: z.strictObject({ clip: clipId, model: modelId.nullable() }),
  answer: async ({ clip, model }) => windowsOf(modelOrLatest(model), await shownClips.open(clip)),
};

export const windowAudio: Handler<"windowAudio"> = {
  params: z.strictObject({ clip: clipId, model: modelId, index: z.int().nonnegative() }),
  async answer({ clip: id, model: name, index }) {
    const model = loadedModel(name);
    const samples = await windowSamples(model, await shownClips.open(id), id, index);
    return encodePiece([samples], model.manifest.audio.frontEnd.sampleRateHz, 0);
  },
};
