import { z } from "zod";
import type { Handler } from "./handler.ts";
import { clipId } from "./params.ts";
import { selection } from "./selection.ts";
import { shownClips } from "./shownClips.ts";

const maxSelected = 100_000;

export const select: Handler<"select"> = {
  params: z.strictObject({ clips: z.array(clipId).max(maxSelected) }),
  async answer({ clips }) {
    selection.set(await Promise.all(clips.map((id) => shownClips.open(id))));
    return { clips: selection.ids() };
  },
};

export const readSelection: Handler<"selection"> = {
  params: z.null(),
  answer: () => ({ clips: selection.ids() }),
};
