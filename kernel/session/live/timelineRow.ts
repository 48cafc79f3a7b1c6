import { z } from "zod";
import type { WindowRows } from "../../mulan/embedding/windowRows.ts";
import { windowCosines } from "../../mulan/evaluation/timelineResult.ts";
import type { ClipId } from "../../mulan/figures/contract.ts";
import { encodeFloat16 } from "../../mulan/figures/payload.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";
import type { JointModel } from "../../mulan/model/jointModel.ts";
import { apartFromCells, type Handler } from "./handler.ts";
import { loadedModel } from "./loadedModels.ts";
import { cosines, memberRows } from "./memberRows.ts";
import { clipId, modelId, text } from "./params.ts";
import { shownClips } from "./shownClips.ts";

export const timelineRow: Handler<"timelineRow"> = {
  params: z.strictObject({ text, clip: clipId, model: modelId }),
  async answer({ text: typed, clip, model: name }) {
    const model = loadedModel(name);
    const windows = await windowRowsOnce(model, clip);
    const [row, whole] = await memberRows(model, [{ text: typed }, { clip }]);
    return {
      cosines: encodeFloat16(windowCosines(row!, windows.data)),
      score: cosines(row!, [whole!])[0]!,
    };
  },
};

const remembered = new Map<string, Promise<WindowRows>>();
const maxRemembered = 16;

/** A second prompt costs one text embedding: the windows are here already. */
function windowRowsOnce(model: JointModel, id: ClipId): Promise<WindowRows> {
  const key = `${model.id} ${id}`;
  const known = remembered.get(key);
  if (known) return known;
  const rows = embedWindows(model, id);
  remembered.set(key, rows);
  rows.catch(() => remembered.delete(key));
  const [oldest] = remembered.keys();
  if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
  return rows;
}

async function embedWindows(model: JointModel, id: ClipId): Promise<WindowRows> {
  const { windows } = await model.embedAudio(await shownClips.open(id), apartFromCells());
  if (windows) return windows;
  throw new MulanError("live.no-windows", `the model ${model.id} gives no rows for windows`);
}
