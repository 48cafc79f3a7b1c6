import type { EmbeddingSource } from "../embedding/source.ts";
import { ambientProgress, ambientSignal, type Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { MulanError } from "../foundation/errors.ts";
import { packageVersion } from "../foundation/packageRoot.ts";
import { asReport } from "./asReport.ts";
import { checkEncoder, nameOf } from "./entryArguments.ts";
import { type FixedEmbeddingsInit, fixedEmbeddings } from "./given/fixedEmbeddings.ts";
import { measured } from "./measured.ts";
import { bootstrap } from "./measures/bootstrap.ts";
import type { Measured, ReportModel, TripletsReport } from "./report.ts";
import { reportModel } from "./seenLabels.ts";
import { tripletBaselines } from "./tripletBaselines.ts";
import { embedMembers, MEMBERS, type TripletEncoder } from "./tripletMembers.ts";
import { anchorClusters, asTripletSet, type TripletSet } from "./tripletSources/tripletSet.ts";
import { checkRows, judge, type TripletRow } from "./triplets.ts";

/** A model, a text encoder, or embeddings made elsewhere: `{ audio, text, ids }`. */
export type EvaluatedEncoder = (TripletEncoder & EncoderFacts) | FixedEmbeddingsInit;

/** What a report says of an encoder where it has it. */
interface EncoderFacts {
  readonly sha256?: string;
  readonly manifest?: Parameters<typeof reportModel>[0]["manifest"];
}

export interface EvaluateTripletsOptions {
  /** Of the bootstrap. Default 0. */
  readonly seed?: number;
  /** Of the bootstrap. Default 1000. */
  readonly nResamples?: number;
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * The share of triplets whose anchor is nearer to its positive than to its negative, with its bootstrap interval over
 * anchors (classes, playlists), and beside it on the same triplets chance and lexical overlap. A tie counts as wrong. Members are texts, clips or both;
 * a triplet whose member cannot be embedded is left out and stands in the failures.
 * @param triplets of `tripletsFromOntology` or `tripletsFromPlaylists`, or rows of your own
 * @throws MulanError `evaluation.model`, `triplets.rows`, `triplets.empty`, `triplets.member`, `triplets.no-audio`; what fixedEmbeddings throws; what the
 * model itself fails with; AbortError
 */
export async function evaluateTriplets(
  encoder: EvaluatedEncoder,
  triplets: TripletSet | readonly TripletRow[],
  options: EvaluateTripletsOptions = {},
): Promise<TripletsReport> {
  assertNotPromise(encoder, "evaluateTriplets(await load(), …)");
  assertNotPromise(triplets, "evaluateTriplets(model, await tripletsFromOntology())");
  checkEncoder("evaluateTriplets(model, triplets)", encoder);
  if (!Array.isArray(triplets) && !Array.isArray((triplets as TripletSet | undefined)?.rows)) {
    throw new MulanError("triplets.rows", "these are no triplets", {
      expected:
        "tripletsFromOntology, tripletsFromPlaylists, or rows of { anchor, positive, negative }",
      got: nameOf(triplets),
    });
  }
  const { seed = 0, nResamples = 1000 } = options;
  const signal = options.signal ?? ambientSignal();
  const onProgress = options.onProgress ?? ambientProgress();
  const model = "embedText" in encoder ? encoder : await fixedEmbeddings(encoder);
  const set = asTripletSet(triplets);
  checkRows(set.rows);
  const { vectors, failures } = await embedMembers(model, set.rows, { signal, onProgress });
  const { noun, ofRows } = set.clusters ?? anchorClusters(set.rows);
  const kept = [...set.rows.keys()].filter((i) =>
    MEMBERS.every((name) => vectors.has(set.rows[i]![name])),
  );
  const rows = kept.map((i) => set.rows[i]!);
  if (rows.length === 0) throw failures[0]!.error;
  const results = rows.map((row) => judge(row, vectors));
  const nTies = results.filter(({ margin }) => margin === 0).length;
  const clusters = { noun, ofRows: kept.map((i) => ofRows[i]!) };
  const resampling = { seed, nResamples, clusters: clusters.ofRows };
  return asReport({
    kind: "report",
    task: "triplets",
    model: modelFacts(model, set),
    data: { name: set.name, sha256: set.sha256, n: rows.length, conventions: set.conventions },
    conventions: [
      "right: cosine of anchor and positive above cosine of anchor and negative",
      `ties are wrong: ${nTies} of ${rows.length}`,
      ...(rows.length < set.rows.length
        ? [`${set.rows.length - rows.length} triplets left out whose members could not be embedded`]
        : []),
      `intervals: 95 % bootstrap over ${new Set(clusters.ofRows).size} ${noun}, each drawn with all its triplets; ${nResamples} resamples, seed ${seed}`,
      "lexical overlap: cosine of counts of character trigrams within words; ties count half",
    ],
    seed,
    measures: [
      accuracyOf(
        results.map(({ correct }) => (correct ? 1 : 0)),
        resampling,
      ),
    ],
    rows: results,
    clusters,
    sources: rows.map(
      ({ anchor, positive, negative }) =>
        [anchor, positive, negative] satisfies [EmbeddingSource, EmbeddingSource, EmbeddingSource],
    ),
    baselines: tripletBaselines(rows, (verdicts) => accuracyOf(verdicts, resampling)),
    failures: [...set.failures, ...failures],
    version: packageVersion,
    madeAt: new Date().toISOString(),
  });
}

/** @param verdicts `[rows]`: 1 right, 0 wrong, 0.5 a guess; undefined is left out */
function accuracyOf(
  verdicts: readonly (number | undefined)[],
  { clusters, ...resampling }: Resampling,
): Measured {
  const judged = [...verdicts.keys()].filter((row) => verdicts[row] !== undefined);
  const n = judged.length;
  const { value, interval } = bootstrap({
    n,
    ...resampling,
    clusters: judged.map((row) => clusters[row]!),
    statistic: (items) => {
      let sum = 0;
      for (const item of items) sum += verdicts[judged[item]!]!;
      return sum / items.length;
    },
  });
  return measured("accuracy", value, { n, interval, chance: 0.5 });
}

interface Resampling {
  readonly seed: number;
  readonly nResamples: number;
  /** `[rows]` */
  readonly clusters: readonly number[];
}

/** Seen labels are anchors that training had as labels, its descriptions are another matter. */
function modelFacts(model: TripletEncoder & EncoderFacts, { name, rows }: TripletSet): ReportModel {
  const anchors = rows.map(({ anchor }) => anchor).filter((anchor) => typeof anchor === "string");
  const { id, manifest, sha256 } = model;
  const facts = reportModel({ id, ...(manifest && { manifest }) }, name, [...new Set(anchors)]);
  return { ...facts, sha256: sha256 ?? facts.sha256 };
}
