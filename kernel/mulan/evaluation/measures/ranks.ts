import { MulanError } from "../../foundation/errors.ts";
import { type BinaryMeasures, measureRanked, rankLabel } from "./rankedLabel.ts";
import { assertFinite, checkShape, columnKeys } from "./scores.ts";

/**
 * The place of each query's first relevant item, counted from 1. Ties are read against the model: a relevant
 * item stands behind every other item of its score, so that a model that scores everything alike finds
 * nothing (libraries that sort leave it to chance, or to the order of the items).
 * @param scores `[queries, items]`, row-major, higher is nearer
 * @param relevant for each query the items (columns) that answer it, at least one
 * @throws MulanError `measures.nan`, `measures.shape`, `measures.relevant`
 */
export function ranksOf(
  scores: Float32Array,
  relevant: readonly (readonly number[])[],
): Uint32Array {
  const nItems = checkQueries(scores, relevant);
  assertFinite(scores, nItems);
  return Uint32Array.from(relevant, (items, query) => {
    const row = scores.subarray(query * nItems, (query + 1) * nItems);
    const best = items.reduce((max, item) => Math.max(max, row[item]!), -Infinity);
    const relevantAbove = new Set(items.filter((item) => row[item]! >= best)).size;
    let atLeastAsGood = 0;
    for (let item = 0; item < nItems; item++) if (row[item]! >= best) atLeastAsGood++;
    return atLeastAsGood - relevantAbove + 1;
  });
}

/**
 * ROC-AUC and average precision of each query's ranking of all items, as MuLan's text-to-music retrieval has
 * them: `[queries]`.
 * @param scores `[queries, items]`, row-major
 * @param relevant for each query the items that answer it
 * @throws MulanError `measures.nan`, `measures.shape`, `measures.relevant`
 */
export function queryMeasures(
  scores: Float32Array,
  relevant: readonly (readonly number[])[],
): BinaryMeasures[] {
  const nItems = checkQueries(scores, relevant);
  assertFinite(scores, nItems);
  return relevant.map((items, query) => {
    const row = scores.subarray(query * nItems, (query + 1) * nItems);
    const truth = new Uint8Array(nItems);
    for (const item of items) truth[item] = 1;
    return measureRanked(rankLabel(columnKeys(row), truth));
  });
}

/** R@k: the share of queries whose first relevant item is among the best `k`. `ranks` as from `ranksOf`. */
export function recallAt(ranks: ArrayLike<number>, k: number): number {
  let found = 0;
  for (let i = 0; i < ranks.length; i++) if (ranks[i]! <= k) found++;
  return found / notEmpty(ranks);
}

/** Mean of 1 / rank of the first relevant item. */
export function meanReciprocalRank(ranks: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < ranks.length; i++) sum += 1 / ranks[i]!;
  return sum / notEmpty(ranks);
}

/** Median of the ranks, counted from 1; of an even number the mean of the middle two. */
export function medianRank(ranks: ArrayLike<number>): number {
  const n = notEmpty(ranks);
  const sorted = Float64Array.from(ranks).sort();
  return (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
}

function notEmpty({ length }: ArrayLike<number>): number {
  if (length > 0) return length;
  throw new MulanError("measures.empty", "there are no ranks", { expected: "at least one query" });
}

function checkQueries(scores: Float32Array, relevant: readonly (readonly number[])[]): number {
  const nItems = scores.length / relevant.length;
  checkShape(
    "scores",
    scores.length,
    relevant.length * Math.floor(nItems || 0),
    `${relevant.length} queries of as many items each`,
  );
  for (const [query, items] of relevant.entries()) {
    const odd = items.find((item) => !(Number.isInteger(item) && item >= 0 && item < nItems));
    if (items.length > 0 && odd === undefined) continue;
    throw new MulanError("measures.relevant", `query ${query} has no usable relevant items`, {
      expected: `one or more indices from 0 to ${nItems - 1}`,
      got: items.length === 0 ? "none" : String(odd),
    });
  }
  return nItems;
}
