import { z } from "zod";
import { encodeFloat16 } from "../../mulan/figures/payload.ts";
import type { Handler } from "./handler.ts";
import { loadedModel } from "./loadedModels.ts";
import { cosines, memberRows } from "./memberRows.ts";
import { maxMembers, member, modelId, text } from "./params.ts";

export const similarityRow: Handler<"similarityRow"> = {
  params: z.strictObject({ text, columns: z.array(member).max(maxMembers), model: modelId }),
  async answer({ text: typed, columns, model }) {
    const [row, ...others] = await memberRows(loadedModel(model), [{ text: typed }, ...columns]);
    return { cosines: encodeFloat16(cosines(row!, others)) };
  },
};
