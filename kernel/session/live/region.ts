import { z } from "zod";
import type { Clip } from "../../mulan/audio/clip.ts";
import type { RegionClip } from "../../mulan/figures/contractLive.ts";
import { formatTime } from "../../mulan/figures/scale/numbers.ts";
import { apartFromCells, type Handler } from "./handler.ts";
import { cosines, memberRows } from "./memberRows.ts";
import { modelOrLatest } from "./modelWindows.ts";
import { clipId, modelId } from "./params.ts";
import { shownClips } from "./shownClips.ts";

const part = {
  clip: clipId,
  startSec: z.number().min(0),
  durationSec: z.number().positive(),
};

export const region: Handler<"region"> = {
  params: z.strictObject(part),
  answer: async ({ clip, ...range }) => named(cutRegion(await shownClips.open(clip), range)),
};

export const embedRegion: Handler<"embedRegion"> = {
  params: z.strictObject({ ...part, model: modelId.nullable() }),
  async answer({ clip: id, model: name, ...range }) {
    const model = modelOrLatest(name);
    const cut = cutRegion(await shownClips.open(id), range);
    const embedded = await model.embedAudio(cut, apartFromCells());
    const [whole] = await memberRows(model, [{ clip: id }]);
    return {
      ...named(cut),
      model: model.id,
      dim: embedded.dim,
      nWindows: embedded.windows?.startSec.length ?? 1,
      cosineWithClip: cosines(whole!, [embedded.row(0)])[0]!,
    };
  },
};

interface Range {
  readonly startSec: number;
  readonly durationSec: number;
}

/** A part under a name that tells which part, in the file's own time. */
function cutRegion(clip: Clip, range: Range): Clip {
  const cut = clip.excerpt(range);
  const from = formatTime(cut.startSec);
  return cut.labelled(`${clip.label} ${from}–${formatTime(cut.startSec + cut.durationSec)}`);
}

/** From now on the engine knows it like a clip that was shown. */
function named(cut: Clip): RegionClip {
  return { clip: shownClips.idOf(cut), label: cut.label };
}
