import { type EmbeddingSource, isClipSource } from "../source.ts";

/** Sources as columns: empty text and NaN where nothing is known, because numpy has no missing strings. */
export interface SourceColumns {
  /** A clip's path, or the text itself. */
  readonly source: string[];
  readonly startSec: Float64Array;
  readonly durationSec: Float64Array;
}

export function sourcesToColumns(sources: readonly EmbeddingSource[]): SourceColumns {
  const clips = sources.map((source) => (isClipSource(source) ? source : undefined));
  return {
    source: sources.map((source) =>
      typeof source === "string" ? source : isClipSource(source) ? (source.path ?? "") : "",
    ),
    startSec: Float64Array.from(clips, (clip) => clip?.startSec ?? Number.NaN),
    durationSec: Float64Array.from(clips, (clip) => clip?.durationSec ?? Number.NaN),
  };
}

/** @param labels `[n]`; a clip that comes back is known by its row's label, else by its path */
export function sourcesFromColumns(
  columns: {
    source: readonly string[];
    startSec?: ArrayLike<number>;
    durationSec?: ArrayLike<number>;
  },
  labels: readonly string[],
): EmbeddingSource[] {
  return columns.source.map((source, i) => {
    const startSec = columns.startSec?.[i] ?? Number.NaN;
    const durationSec = columns.durationSec?.[i] ?? Number.NaN;
    if (source === "") return undefined;
    if (Number.isNaN(startSec) || Number.isNaN(durationSec)) return source;
    return { label: labels[i] ?? source, path: source, startSec, durationSec };
  });
}
