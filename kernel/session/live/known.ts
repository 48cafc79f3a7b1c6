import { z } from "zod";
import type { Handler } from "./handler.ts";
import { isLoaded } from "./loadedModels.ts";
import { clipId, modelId } from "./params.ts";
import { shownClips } from "./shownClips.ts";

/** Of a map with every point a clip. */
const maxIds = 100_000;

export const known: Handler<"known"> = {
  params: z.strictObject({ clips: z.array(clipId).max(maxIds), model: modelId.nullable() }),
  answer: ({ clips, model }) => ({
    clips: clips.every((clip) => shownClips.has(clip)),
    model: model !== null && isLoaded(model),
  }),
};
