import type { CaptionedDataset, PlaylistDataset } from "../../datasets/dataset.ts";
import type { EmbeddingCache } from "../../embedding/cache.ts";
import { checkSameSpace } from "../../embedding/compatible.ts";
import { dotProducts } from "../../embedding/dotProducts.ts";
import { ambientProgress, ambientSignal, type Progress } from "../../foundation/ambient.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import { asReport } from "../asReport.ts";
import { checkEntry } from "../entryArguments.ts";
import { asModel, type EvaluatedModel } from "../given/asModel.ts";
import { intervalConvention } from "../groups.ts";
import { queryMeasures, ranksOf } from "../measures/ranks.ts";
import type { RetrievalReport } from "../report.ts";
import { reportFacts } from "../reportFacts.ts";
import { reportModel } from "../seenLabels.ts";
import { itemRows } from "../sounds/itemRows.ts";
import { type Query, type QueryKind, queriesOf } from "./queries.ts";
import { queryGroups } from "./queryGroups.ts";
import { rankFigures } from "./rankFigures.ts";

export interface EvaluateRetrievalOptions {
  /** What is asked with. Default: a playlist's title, a clip's caption. */
  readonly query?: QueryKind;
  /** Of the bootstrap. Default 0. */
  readonly seed?: number;
  /** Of the bootstrap. Default 1000. */
  readonly nResamples?: number;
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Default: the cache in the user's cache folder, by which an interrupted run goes on where it was. */
  readonly cache?: EmbeddingCache | false | undefined;
}

/** Half a gigabyte of scores: a report keeps them all, so that every ranking can be looked at. */
const MAX_SCORES = 2 ** 27;

/**
 * Text-to-music search: every query ranks all sounds by cosine; relevant are the tracks of its playlist, or the clip of
 * its caption. ROC-AUC and average precision per query as MuLan has them, and R@1, R@5, R@10, MRR, median rank (1-based)
 * of the first relevant one. A sound that stands in several playlists is embedded and ranked once. Where captioned clips
 * have groups, intervals resample groups.
 * @param model a model, or embeddings made elsewhere: `{ audio, text, ids }`, with the queries among the texts
 * @throws MulanError `evaluation.model`, `evaluation.dataset` (of another kind), `evaluation.query`, `evaluation.no-queries`, `evaluation.no-audio`, `evaluation.too-large`,
 * `evaluation.no-text-tower`; what the model itself fails with; AbortError
 */
export async function evaluateRetrieval(
  model: EvaluatedModel,
  dataset: PlaylistDataset | CaptionedDataset,
  options: EvaluateRetrievalOptions = {},
): Promise<RetrievalReport> {
  assertNotPromise(model, "evaluateRetrieval(await load(), …)");
  assertNotPromise(dataset, "evaluateRetrieval(model, await …)");
  checkEntry("evaluateRetrieval", model, dataset, ["playlists", "captioned"]);
  const { seed = 0, nResamples = 1000, cache } = options;
  const signal = options.signal ?? ambientSignal();
  const onProgress = options.onProgress ?? ambientProgress();
  const asked = queriesOf(dataset, options.query);
  checkSize(asked.queries.length, asked.refs.length);
  const towers = await asModel(model);

  const texts = await towers.embedText([...new Set(asked.queries.map(({ text }) => text))], {
    signal,
    onProgress,
    cache,
    allowNone: true,
  });
  const textRows = new Map(texts.labels.map((text, i) => [text, texts.row(i)]));
  const rows = await itemRows(towers, asked.refs, { signal, onProgress, cache });
  const heard = asked.queries.filter(({ text }) => textRows.has(text));
  const queries = amongKept(heard, asked.refs, rows.refs);
  const nAsked = asked.queries.length;
  const failures = [...texts.failures, ...rows.failures];
  if (queries.length === 0) {
    throw new MulanError("evaluation.no-queries", "no query and a sound that answers it are left", {
      subject: dataset.name,
      got: `${nAsked} queries; ${failures.length} of texts and sounds failed`,
    });
  }
  const vectors = queries.map(({ text }) => textRows.get(text)!);
  checkSameSpace({ dim: vectors[0]!.length, modelId: "" }, { dim: rows.dim, modelId: "" });
  const scores = dotProducts(joined(vectors), rows.data, rows.dim);
  const relevant = queries.map((query) => query.relevant);
  const ranks = ranksOf(scores, relevant);
  const perQuery = queryMeasures(scores, relevant).map(({ rocAuc, averagePrecision }, i) => {
    const { text, from, relevant } = queries[i]!;
    return {
      query: text,
      from,
      relevant,
      rank: ranks[i]!,
      rocAuc,
      averagePrecision: averagePrecision ?? 1,
    };
  });
  const nItems = rows.items.length;
  const groups = queryGroups(perQuery, rows.items);
  const nAll = perQuery.filter(({ rocAuc }) => rocAuc === null).length;
  return asReport({
    kind: "report",
    task: "retrieval",
    ...reportFacts(dataset, { n: nItems, seed, failures }),
    model: reportModel(towers, dataset.name),
    conventions: [
      ...asked.conventions,
      `${queries.length} queries over ${nItems} sounds${nAsked > queries.length ? `; ${nAsked - queries.length} queries lost their text or all their sounds` : ""}`,
      "score: cosine of the query's text embedding and each sound's embedding",
      "rank: 1-based place of the first relevant sound; ties count against the model",
      "ROC-AUC and average precision: of each query's ranking, then the mean over queries",
      ...(nAll > 0 ? [`${nAll} queries that every sound answers have no ROC-AUC`] : []),
      intervalConvention("queries", groups, { nResamples, seed }),
      ...rows.conventions,
    ],
    measures: rankFigures(perQuery, { nItems, seed, nResamples, groups }),
    items: rows.items,
    queries: perQuery,
    scores,
  });
}

/** The queries in terms of the sounds that have a row; those whose every sound failed are left out. */
function amongKept<Ref>(
  queries: readonly Query[],
  refs: readonly Ref[],
  kept: readonly Ref[],
): Query[] {
  const places = new Map(kept.map((ref, place) => [ref, place]));
  return queries
    .map((query) => ({
      ...query,
      relevant: query.relevant.flatMap((i) => places.get(refs[i]!) ?? []),
    }))
    .filter(({ relevant }) => relevant.length > 0);
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const dim = rows[0]!.length;
  const data = new Float32Array(rows.length * dim);
  for (const [i, row] of rows.entries()) data.set(row, i * dim);
  return data;
}

function checkSize(nQueries: number, nSounds: number): void {
  if (nQueries * nSounds <= MAX_SCORES) return;
  throw new MulanError("evaluation.too-large", "a report of so many scores would not fit", {
    expected: `at most ${MAX_SCORES.toLocaleString("en")} pairs of query and sound`,
    got: `${nQueries} × ${nSounds}`,
    remedy: "Evaluate on a part of the playlists",
  });
}
