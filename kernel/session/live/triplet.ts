import { z } from "zod";
import type { Handler } from "./handler.ts";
import { loadedModel } from "./loadedModels.ts";
import { cosines, memberRows } from "./memberRows.ts";
import { member, modelId } from "./params.ts";

export const triplet: Handler<"triplet"> = {
  params: z.strictObject({ anchor: member, positive: member, negative: member, model: modelId }),
  async answer({ anchor, positive, negative, model }) {
    const [first, ...others] = await memberRows(loadedModel(model), [anchor, positive, negative]);
    const [cosinePositive, cosineNegative] = cosines(first!, others);
    return { cosinePositive: cosinePositive!, cosineNegative: cosineNegative! };
  },
};
