import { cacheKey, type EmbeddingCache } from "../../embedding/cache.ts";
import type { Progress } from "../../foundation/ambient.ts";
import { type MulanError, toMulanError } from "../../foundation/errors.ts";
import type { TextInput, TextSide } from "./textTower.ts";

export interface TextJob {
  readonly tower: Pick<TextSide, "tokenize" | "maxBatch" | "embed">;
  readonly dim: number;
  /** Everything but the text that decides about its row. */
  readonly identity: unknown;
  readonly cache: EmbeddingCache | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** Told of texts that were longer than the tower hears. */
  readonly onCut: (text: string, nUsed: number, nCut: number) => void;
}

interface Waiting {
  readonly text: string;
  readonly ids: TextInput;
  readonly key: string;
}

/** Batches that are in the inference process at a time: one runs, one waits. */
const MAX_UNDER_WAY = 2;

/**
 * `[dim]` for each text, or why it has none; the same text is embedded once.
 * @throws MulanError `child.crashed`, `model.*`; AbortError
 */
export async function embedTexts(
  texts: readonly string[],
  job: TextJob,
): Promise<Map<string, Float32Array | MulanError>> {
  const found = new Map<string, Float32Array | MulanError>();
  const waiting: Waiting[] = [];
  for (const text of new Set(texts)) {
    job.signal?.throwIfAborted();
    const known = await lookUp(text, job);
    if ("ids" in known) waiting.push(known);
    else found.set(text, known.row);
  }
  const nTexts = found.size + waiting.length;
  const batches = intoBatches(waiting, job.tower.maxBatch);
  const startedMs = performance.now();
  const underWay: Promise<void>[] = [];
  for (const batch of batches) {
    const work = embedBatch(batch, job).then((rows) => {
      for (const [i, { text }] of batch.entries()) found.set(text, rows[i]!);
      const rate = found.size / Math.max(1e-3, (performance.now() - startedMs) / 1000);
      job.onProgress?.({ label: "embedding text", done: found.size, total: nTexts, rate });
    });
    work.catch(() => {});
    underWay.push(work);
    if (underWay.length >= MAX_UNDER_WAY) await underWay.shift();
  }
  await Promise.all(underWay);
  return found;
}

async function lookUp(
  text: string,
  job: TextJob,
): Promise<Waiting | { row: Float32Array | MulanError }> {
  try {
    const { ids, nCut } = job.tower.tokenize(text);
    if (nCut > 0) job.onCut(text, ids.length, nCut);
    const key = cacheKey(["text", ids, job.identity]);
    const cached = await job.cache?.get(key);
    return cached?.dim === job.dim ? { row: cached.data } : { text, ids, key };
  } catch (error) {
    return { row: toMulanError(error, "text.unusable") };
  }
}

/** Texts of similar length together: padding costs time. */
function intoBatches(waiting: readonly Waiting[], size: number): Waiting[][] {
  const sorted = [...waiting].sort((a, b) => a.ids.length - b.ids.length);
  const nBatches = Math.ceil(sorted.length / size);
  return Array.from({ length: nBatches }, (_, i) => sorted.slice(i * size, (i + 1) * size));
}

async function embedBatch(batch: readonly Waiting[], job: TextJob): Promise<Float32Array[]> {
  const { tower, dim, signal, cache } = job;
  const { rows } = await tower.embed(
    batch.map(({ ids }) => ids),
    signal,
  );
  return Promise.all(
    batch.map(async ({ key }, i) => {
      const data = rows.slice(i * dim, (i + 1) * dim);
      const none = new Float32Array(1);
      await cache?.put(key, { data, dim, startSec: none, durationSec: none });
      return data;
    }),
  );
}
