import { ambientProgress, ambientSignal, type Progress } from "../../foundation/ambient.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import type { Embeddings } from "../embeddings.ts";
import type { ProjectionTask } from "./messages.ts";
import { Projection, type ProjectionFacts, type ProjectionMethod } from "./projection.ts";
import { runProjection } from "./runProjection.ts";
import { MAX_FITTED } from "./umap.ts";

export interface ProjectOptions {
  /** Default "umap". */
  readonly method?: ProjectionMethod;
  /** Same seed, same points. Default 0. PCA needs none. */
  readonly seed?: number;
  /** UMAP: how many neighbours of a row count, itself among them, from 2 on. Default 15, at most n. */
  readonly nNeighbors?: number;
  /** UMAP: how close points may come in the picture, 0 to 1. Default 0.1. */
  readonly minDist?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Fewer rows than this have no neighbourhoods to keep: their principal components say all. */
const MIN_FOR_UMAP = 4;
const PROGRESS_TOTAL = 100;

/**
 * Embeddings `[n, dim]` as points `[n, 2]` of a plane, computed in a worker thread.
 * PCA keeps large distances, UMAP (by cosine) neighbourhoods. UMAP fits up to 10,000 rows; of more it fits a
 * seeded sample of 10,000 and places the others by their nearest sampled rows.
 * @throws MulanError `projection.bad-option`, `projection.failed`; the signal's reason
 */
export async function project(
  embeddings: Embeddings,
  options: ProjectOptions = {},
): Promise<Projection> {
  assertNotPromise(embeddings, "project(await model.embedAudio(…))");
  const { seed = 0, signal = ambientSignal(), onProgress = ambientProgress() } = options;
  const facts = chooseFacts(embeddings.n, options, seed);
  if (embeddings.n === 0) return new Projection(embeddings, new Float32Array(0), facts);
  const label = `projecting by ${facts.method.toUpperCase()}`;
  const tell = (share: number) =>
    onProgress?.({ label, done: Math.floor(share * PROGRESS_TOTAL), total: PROGRESS_TOTAL });
  const done = await runProjection(taskOf(embeddings, facts), signal, tell);
  tell(1);
  const explained = done.explained && { explained: done.explained };
  return new Projection(embeddings, done.points, { ...facts, ...explained });
}

function chooseFacts(n: number, options: ProjectOptions, seed: number): ProjectionFacts {
  const { method = "umap", nNeighbors = 15, minDist = 0.1 } = options;
  check(method === "pca" || method === "umap", "method", '"pca" or "umap"', method);
  check(Number.isSafeInteger(seed), "seed", "an integer", seed);
  check(Number.isInteger(nNeighbors) && nNeighbors >= 2, "nNeighbors", "2 or more", nNeighbors);
  check(minDist >= 0 && minDist <= 1, "minDist", "0 to 1", minDist);
  if (method === "pca") return { method, seed, notes: [] };
  if (n < MIN_FOR_UMAP) {
    const note = `UMAP needs ${MIN_FOR_UMAP} rows or more: principal components instead`;
    return { method: "pca", seed, notes: [note] };
  }
  const notes = [
    n < nNeighbors && `nNeighbors lowered from ${nNeighbors} to the ${n} rows there are`,
    n > MAX_FITTED &&
      `fitted on a sample of ${MAX_FITTED} rows; the others stand at their nearest sampled rows`,
  ].filter((note) => note !== false);
  return { method, seed, nNeighbors: Math.min(nNeighbors, n), minDist, notes };
}

function taskOf({ data, dim }: Embeddings, facts: ProjectionFacts): ProjectionTask {
  const { method, seed, nNeighbors = 0, minDist = 0 } = facts;
  return method === "pca"
    ? { method, data, dim }
    : { method, data, dim, seed, nNeighbors, minDist };
}

function check(holds: boolean, option: string, expected: string, got: unknown): void {
  if (holds) return;
  throw new MulanError("projection.bad-option", `project: ${option} is not usable`, {
    expected,
    got: String(got),
  });
}
