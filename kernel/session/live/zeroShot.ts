import { z } from "zod";
import { Embeddings } from "../../mulan/embedding/embeddings.ts";
import { zeroShot as scoreLabels } from "../../mulan/evaluation/zeroShot.ts";
import { encodeFloat16 } from "../../mulan/figures/payload.ts";
import { apartFromCells, type Handler } from "./handler.ts";
import { loadedModel } from "./loadedModels.ts";
import { memberRows } from "./memberRows.ts";
import { clipId, maxMembers, modelId, text } from "./params.ts";

const maxPrompts = 20;

export const zeroShot: Handler<"zeroShot"> = {
  params: z.strictObject({
    clips: z.array(clipId).min(1).max(maxMembers),
    labels: z.array(text).min(1).max(maxMembers),
    prompts: z.array(text).min(1).max(maxPrompts),
    model: modelId,
  }),
  async answer({ clips, labels, prompts, model: id }) {
    const model = loadedModel(id);
    const rows = await memberRows(
      model,
      clips.map((clip) => ({ clip })),
    );
    const audio = Embeddings.from({ data: rows, labels: clips, modality: "audio", modelId: id });
    const { scores, temperature } = await scoreLabels(model, audio, labels, {
      prompts,
      ...apartFromCells(),
    });
    return { scores: encodeFloat16(scores), temperature };
  },
};
