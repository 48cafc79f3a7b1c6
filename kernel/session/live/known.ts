import { z } from "zod";
import type { Handler } from "./handler.ts";
import { isLoaded } from "./loadedModels.ts";
import { clipId, lossId, modelId, reportId } from "./params.ts";
import { shownClips } from "./shownClips.ts";
import { shownLosses } from "./shownLosses.ts";
import { shownReports } from "./shownReports.ts";

/** Of a map with every point a clip. */
const maxIds = 100_000;

export const known: Handler<"known"> = {
  params: z.strictObject({
    clips: z.array(clipId).max(maxIds),
    model: modelId.nullable(),
    report: reportId.optional(),
    loss: lossId.optional(),
  }),
  answer: ({ clips, model, report, loss }) => ({
    clips: clips.every((clip) => shownClips.has(clip)),
    model: model !== null && isLoaded(model),
    ...(report !== undefined && { report: shownReports.has(report) }),
    ...(loss !== undefined && { loss: shownLosses.has(loss) }),
  }),
};
