import { basename, extname } from "node:path";
import type { AudioRef } from "../../datasets/dataset.ts";
import { type EmbeddingSource, isClipSource } from "../../embedding/source.ts";

interface Row {
  readonly label: string;
  /** The file that it was made of; its label where that is not known. */
  readonly path: string;
}

interface Way {
  readonly ofRef: (ref: AudioRef) => string;
  readonly ofRow: (row: Row) => string;
}

/** The strictest first. */
const WAYS: readonly Way[] = [
  { ofRef: ({ id }) => id, ofRow: ({ label }) => label },
  { ofRef: ({ path }) => path, ofRow: ({ path }) => path },
  { ofRef: ({ path }) => basename(path), ofRow: ({ path }) => basename(path) },
  { ofRef: ({ path }) => stem(path), ofRow: ({ path }) => stem(path) },
  { ofRef: ({ id }) => id, ofRow: ({ path }) => stem(path) },
];

/**
 * The row of each reference, or undefined. A file names its rows in one way throughout: by the data set's ids, by paths,
 * or by file names with or without their endings; the way that finds most is taken.
 */
export function matchRefs(
  labels: readonly string[],
  sources: readonly EmbeddingSource[],
  refs: readonly AudioRef[],
): (number | undefined)[] {
  const rows = labels.map((label, i) => ({ label, path: pathOf(sources[i]) ?? label }));
  let best: (number | undefined)[] = refs.map(() => undefined);
  let nBest = 0;
  for (const { ofRef, ofRow } of WAYS) {
    const places = new Map(rows.map((row, i) => [ofRow(row), i]));
    const found = refs.map((ref) => places.get(ofRef(ref)));
    const nFound = found.filter((place) => place !== undefined).length;
    if (nFound > nBest) [best, nBest] = [found, nFound];
  }
  return best;
}

function pathOf(source: EmbeddingSource): string | undefined {
  return isClipSource(source) ? source.path : source;
}

function stem(path: string): string {
  return basename(path, extname(path));
}
