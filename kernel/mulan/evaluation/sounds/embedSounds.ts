import type { AudioRef } from "../../datasets/dataset.ts";
import { EmbeddingCache } from "../../embedding/cache.ts";
import type { ClipSource } from "../../embedding/source.ts";
import type { Progress } from "../../foundation/ambient.ts";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import { prefetch } from "../../model/towers/prefetch.ts";
import type { EmbeddableClip, TwoTowers } from "../twoTowers.ts";
import { readRefs } from "./readRefs.ts";
import { recentRate } from "./recentRate.ts";
import { RowTable } from "./rowTable.ts";
import { soundKey } from "./soundKey.ts";

export interface EmbedSoundsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** false: nothing is kept on disk, and an interrupted run begins anew. Default: the cache in the user's cache folder. */
  readonly cache?: EmbeddingCache | false | undefined;
}

export interface EmbeddedSounds {
  /** Places of the references that have a row, ascending. */
  readonly kept: readonly number[];
  /** `[kept.length, dim]`, rows of length 1. */
  readonly data: Float32Array;
  /** 0 where nothing could be embedded. */
  readonly dim: number;
  /** `[kept.length]`: where to hear each row. */
  readonly sources: readonly ClipSource[];
  readonly failures: readonly Failure[];
}

/** Files that are opened and embedded together: enough to keep both processes busy, little enough to hold. */
const SOUNDS_AT_ONCE = 64;
/** Groups of files whose headers are read ahead of the group that is being embedded. */
const GROUPS_AHEAD = 2;

/**
 * A row for each sound, group by group, so that only embeddings are ever held: a list may be longer than memory. The
 * same excerpt of the same file is embedded once. What fails is listed while the rest goes on; what was embedded
 * before an interruption comes from the cache.
 * @throws MulanError `child.crashed`, `model.*` (the model failed, not a file); AbortError
 */
export async function embedSounds(
  model: Pick<TwoTowers, "embedAudio">,
  refs: readonly AudioRef[],
  { signal, onProgress, cache = new EmbeddingCache() }: EmbedSoundsOptions,
): Promise<EmbeddedSounds> {
  const distinct = [...new Map(refs.map((ref) => [soundKey(ref), ref])).values()];
  const groups = inGroups(distinct, SOUNDS_AT_ONCE);
  const rate = recentRate();
  const table = new RowTable(distinct.length);
  const failures: Failure[] = [];
  let nBehind = 0;
  const tell = (done: number) =>
    onProgress?.({ label: "embedding audio", done, total: distinct.length, rate: rate(done) });

  for await (const group of prefetch(groups, GROUPS_AHEAD, (some) => readRefs(some, signal))) {
    signal?.throwIfAborted();
    if (group.status === "rejected") throw group.reason;
    const { clips, failures: unread } = group.value;
    failures.push(...unread);
    nBehind += unread.length;
    failures.push(...(await embedGroup(model, clips, table, { signal, cache }, nBehind, tell)));
    nBehind += clips.size;
    tell(nBehind);
  }
  return { ...table.pick(refs.map(soundKey)), failures };
}

async function embedGroup(
  model: Pick<TwoTowers, "embedAudio">,
  clips: ReadonlyMap<string, EmbeddableClip>,
  table: RowTable,
  options: Omit<EmbedSoundsOptions, "onProgress">,
  nBehind: number,
  tell: (done: number) => void,
): Promise<readonly Failure[]> {
  if (clips.size === 0) return [];
  const embeddings = await model.embedAudio([...clips.values()], {
    ...options,
    allowNone: true,
    // A single clip counts its windows, which are no sounds.
    onProgress: ({ done }) => clips.size > 1 && tell(nBehind + done),
  });
  const places = new Map<unknown, number>(embeddings.sources.map((source, i) => [source, i]));
  for (const [key, clip] of clips) {
    const place = places.get(clip);
    if (place !== undefined) table.put(key, embeddings.row(place), placeOf(clip));
  }
  return embeddings.failures;
}

/** Without the open clip around it, which a report has no use for. */
function placeOf({ label, path, startSec, durationSec }: EmbeddableClip): ClipSource {
  return { label, path, startSec, durationSec };
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  const nGroups = Math.ceil(items.length / size);
  return Array.from({ length: nGroups }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** @throws MulanError `evaluation.no-audio` when nothing is left to evaluate on, with the first reason */
export function assertAnySound(
  { kept, failures }: Pick<EmbeddedSounds, "kept" | "failures">,
  nRefs: number,
): void {
  if (kept.length > 0) return;
  const [first] = failures;
  throw new MulanError(
    "evaluation.no-audio",
    nRefs === 0 ? "the data set has no items" : `none of the ${nRefs} sounds could be used`,
    first ? { got: first.error.message.replace(/\.$/, "") } : {},
    first && { cause: first.error },
  );
}
