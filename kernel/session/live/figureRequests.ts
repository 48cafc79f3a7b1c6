/** What figures ask of the engine that made them (contractLive.ts): request name → how it is parsed and answered. */
import type { LiveName } from "../../mulan/figures/contractLive.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";
import { audio } from "./audio.ts";
import { clipDetail } from "./clipDetail.ts";
import type { Handler } from "./handler.ts";
import { known } from "./known.ts";
import { lossBatch, lossCollapse, lossTrain } from "./loss.ts";
import { embedRegion, region } from "./region.ts";
import { reportRanking } from "./reportRanking.ts";
import { readSelection, select } from "./select.ts";
import { similarityRow } from "./similarityRow.ts";
import { timelineRow } from "./timelineRow.ts";
import { triplet } from "./triplet.ts";
import { windowAudio, windows } from "./windows.ts";
import { zeroShot } from "./zeroShot.ts";

const handlers: { readonly [N in LiveName]?: Handler<N> } = {
  known,
  audio,
  similarityRow,
  zeroShot,
  triplet,
  select,
  selection: readSelection,
  windows,
  windowAudio,
  clipDetail,
  region,
  embedRegion,
  timelineRow,
  reportRanking,
  lossBatch,
  lossTrain,
  lossCollapse,
};

/** @throws MulanError `live.params` for a request that is none, and whatever answering it fails with */
export async function answerFigure(name: string, params: unknown): Promise<unknown> {
  const known = Object.hasOwn(handlers, name);
  // Each handler parses its own parameters: to the table they are all alike.
  const handler = known ? (handlers[name as LiveName] as Handler<never>) : undefined;
  const parsed = handler?.params.safeParse(params);
  if (!handler || !parsed?.success) {
    throw new MulanError("live.params", `the request "${name}" is not as the engine expects it`, {
      got: parsed?.error?.issues[0]?.message ?? "a request that has no handler",
    });
  }
  return handler.answer(parsed.data);
}
