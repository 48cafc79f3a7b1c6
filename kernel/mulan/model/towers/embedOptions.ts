import { EmbeddingCache } from "../../embedding/cache.ts";
import { ambientProgress, ambientSignal, type Progress } from "../../foundation/ambient.ts";

export interface EmbedOptions {
  /** Ends the call within 100 ms. Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** false: neither read nor write embeddings on disk. Default: the cache in the user's cache folder. */
  readonly cache?: EmbeddingCache | false | undefined;
  /** true: no rows and all failures where nothing could be embedded, for a caller that goes through a long list in pieces. Default false: an error. */
  readonly allowNone?: boolean | undefined;
}

export function withDefaults({ signal, onProgress, cache }: EmbedOptions) {
  return {
    signal: signal ?? ambientSignal(),
    onProgress: onProgress ?? ambientProgress(),
    cache: cache === false ? undefined : (cache ?? new EmbeddingCache()),
  };
}
