import { cutWindows } from "../../audio/cutWindows.ts";
import { cacheKey, type EmbeddingCache } from "../../embedding/cache.ts";
import type { CachedRows } from "../../embedding/cacheEntry.ts";
import type { ClipSource } from "../../embedding/source.ts";
import { abortable } from "../../foundation/abortable.ts";
import type { Progress } from "../../foundation/ambient.ts";
import { MulanError, toMulanError } from "../../foundation/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { AudioSide } from "./audioTower.ts";
import { prefetch } from "./prefetch.ts";
import { WindowBatcher } from "./windowBatcher.ts";

/** The part of a Clip that embedding needs. */
export interface EmbeddableClip extends ClipSource {
  /** Mono PCM at a rate. */
  resampled(
    sampleRateHz: number,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Float32Array>;
  /** sha256 of what the samples are decoded from. */
  contentHash(): Promise<string>;
}

export interface ClipJob {
  readonly tower: AudioSide;
  readonly manifest: Manifest;
  /** Everything but the clip that decides about its rows. */
  readonly identity: unknown;
  readonly cache: EmbeddingCache | undefined;
  /** Windows a run. */
  readonly batchSize: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Clips that are decoded ahead of the one whose windows are being embedded. */
const CLIPS_AHEAD = 3;

/**
 * The tower's rows for each clip, or why a clip has none. Decoding, features and inference run side by side; only a few
 * clips are in memory at a time.
 * @throws MulanError `child.crashed`, `model.*` (the model failed, not a clip); AbortError
 */
export async function embedClips(
  clips: readonly EmbeddableClip[],
  job: ClipJob,
): Promise<(CachedRows | MulanError)[]> {
  const results: (CachedRows | MulanError)[] = [];
  const batcher = new WindowBatcher(job.tower, job.batchSize, job.signal);
  const progress = startProgress(clips.length, job.onProgress);
  let index = 0;
  for await (const outcome of prefetch(clips, CLIPS_AHEAD, (clip) => prepare(clip, job))) {
    job.signal?.throwIfAborted();
    const slot = index++;
    if (outcome.status === "rejected") {
      results[slot] = toMulanError(outcome.reason, "audio.unreadable");
      progress.finished();
    } else if ("rows" in outcome.value) {
      results[slot] = outcome.value.rows;
      progress.finished();
    } else {
      const rows = await embedWindows(outcome.value, job, batcher, progress);
      results[slot] = rows;
    }
  }
  await batcher.flush();
  return results;
}

type Prepared =
  | { readonly rows: CachedRows }
  | { readonly windows: ReturnType<typeof cutWindows>; readonly key: string | undefined };

async function prepare(clip: EmbeddableClip, job: ClipJob): Promise<Prepared> {
  const { frontEnd, windows: policy } = job.manifest.audio;
  const work = async (): Promise<Prepared> => {
    const key = job.cache && cacheKey([await clip.contentHash(), excerptOf(clip), job.identity]);
    const rows = key && (await job.cache?.get(key));
    if (rows && rows.dim === job.manifest.dim) return { rows };
    const pcm = await clip.resampled(frontEnd.sampleRateHz, { signal: job.signal });
    const windows = cutWindows(pcm, frontEnd.sampleRateHz, policy);
    if (windows.length === 0) throw noSound(clip);
    return { windows, key };
  };
  return abortable(work(), job.signal);
}

function noSound(clip: EmbeddableClip): MulanError {
  return new MulanError("audio.empty", "there is no sound to embed", {
    subject: clip.path ?? clip.label,
    expected: "at least one sample",
    got: "0 samples",
  });
}

function excerptOf({ startSec, durationSec }: ClipSource): readonly [number, number] {
  return [startSec, durationSec];
}

/** Hands a clip's windows to the batcher; their rows come into the result when their batches are through. */
async function embedWindows(
  { windows, key }: Extract<Prepared, { windows: unknown }>,
  { tower, manifest: { dim }, cache }: ClipJob,
  batcher: WindowBatcher,
  progress: ProgressCount,
): Promise<CachedRows> {
  const rows: CachedRows = {
    dim,
    data: new Float32Array(windows.length * dim),
    startSec: Float32Array.from(windows, (window) => window.startSec),
    durationSec: Float32Array.from(windows, (window) => window.durationSec),
  };
  progress.expect(windows.length);
  let open = windows.length;
  for (const [i, window] of windows.entries()) {
    await batcher.add(tower.features(window.samples), async (row) => {
      rows.data.set(row, i * dim);
      progress.window();
      open -= 1;
      if (open > 0) return;
      progress.finished();
      if (key) await cache?.put(key, rows);
    });
  }
  return rows;
}

interface ProgressCount {
  expect(nWindows: number): void;
  window(): void;
  finished(): void;
}

/** Counts clips; a single clip counts its windows, so that a long recording has a bar as well. */
function startProgress(nClips: number, tell: ClipJob["onProgress"]): ProgressCount {
  const startedMs = performance.now();
  let total = nClips;
  let done = 0;
  const step = () => {
    done += 1;
    const rate = done / Math.max(1e-3, (performance.now() - startedMs) / 1000);
    tell?.({ label: "embedding audio", done, total, rate });
  };
  const byWindow = nClips === 1;
  let counted = false;
  return {
    expect(nWindows) {
      counted = byWindow;
      if (counted) total = nWindows;
    },
    window: () => counted && step(),
    finished: () => !counted && step(),
  };
}
