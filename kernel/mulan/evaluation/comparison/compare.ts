import { ambientSignal } from "../../foundation/ambient.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import { packageVersion } from "../../foundation/packageRoot.ts";
import { asReport } from "../asReport.ts";
import { pairedDifference } from "../measures/resample.ts";
import { publishedRows } from "../published.ts";
import { checkPublished, type Quoted, quotedRow } from "../quoted.ts";
import type {
  ComparedModel,
  ComparisonReport,
  PairedDifference,
  RetrievalReport,
} from "../report.ts";
import { checkComparable, checkList, checkNames, checkReports, NOUNS } from "./checkCompared.ts";
import {
  clustersOf,
  keysOf,
  type PairedMeasure,
  type PairedReport,
  pairedMeasures,
  type SingleReport,
  unlearntLabels,
} from "./paired.ts";
import { rankAmongShared } from "./sharedSounds.ts";

export interface CompareOptions {
  /** What the table calls each. Default: the models' ids, numbered where two are alike. */
  readonly names?: readonly string[];
  /** Figures of others as reference rows, marked "quoted": true for those known of this data set. Default false. */
  readonly published?: boolean | readonly Quoted[];
  /** Of the bootstrap. Default: that of the first report. */
  readonly seed?: number;
  /** Of the bootstrap. Default 1000. */
  readonly nResamples?: number;
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
}

/** Evaluates one model after the other. */
export type Evaluation<Model> = (model: Model) => Promise<SingleReport>;

/**
 * Several models on one evaluation as one table: figures with their intervals, and for each pair and measure how much one
 * is above the other on the same items (paired bootstrap), so that what makes an item hard for both cancels out.
 * Retrievals of different sounds are ranked anew among the sounds that all have.
 * @param models models and how to evaluate each, or reports that were made before
 * @throws MulanError `compare.reports`, `compare.quoted`, `compare.few`, `compare.task`, `compare.data`, `compare.groups`, `compare.names`,
 * `compare.nothing-shared`; what the evaluation throws
 */
export async function compare<Model>(
  models: readonly Model[],
  evaluation: Evaluation<Model>,
  options?: CompareOptions,
): Promise<ComparisonReport>;
export async function compare(
  reports: readonly SingleReport[],
  options?: CompareOptions,
): Promise<ComparisonReport>;
export async function compare<Model>(
  given: readonly Model[] | readonly SingleReport[],
  second?: Evaluation<Model> | CompareOptions,
  third: CompareOptions = {},
): Promise<ComparisonReport> {
  assertNotPromise(given, "compare([await …, await …])");
  checkList(given);
  for (const one of given) assertNotPromise(one, "compare([await …, await …])");
  assertNotPromise(second, "compare(models, (model) => evaluateTagging(model, data))");
  const options = (typeof second === "function" ? third : second) ?? {};
  // Before hours are spent on what cannot be shown.
  checkPublished(options.published);
  checkNames(given.length, options.names);
  if (typeof second !== "function") {
    checkReports(given);
    return compareReports(given as SingleReport[], options);
  }
  const reports: SingleReport[] = [];
  for (const model of given) {
    const report = await second(model as Model);
    checkReports([report], "the evaluation's result");
    reports.push(report);
  }
  return compareReports(reports, options);
}

async function compareReports(
  reports: readonly SingleReport[],
  options: CompareOptions,
): Promise<ComparisonReport> {
  const { published = false } = options;
  checkComparable(reports, published ? 1 : 2);
  const [first] = reports as [SingleReport];
  const { seed = first.seed, nResamples = 1000, signal = ambientSignal() } = options;
  const ids = namesOf(reports, options.names);
  const sounds = isRetrieval(reports) ? rankAmongShared(reports, { seed, nResamples }) : undefined;
  const paired: readonly PairedReport[] = sounds?.ranked ?? (reports as PairedReport[]);
  const shared = sharedRows(paired);
  const clusters = sharedClusters(paired, shared);
  const leftOut = new Set(paired.flatMap(unlearntLabels));
  const measures: PairedMeasure[][] = [];
  for (const [i, report] of paired.entries()) {
    signal?.throwIfAborted();
    const options = { seed, nResamples, signal, clusters, leftOut };
    measures.push(await pairedMeasures(report, shared[i]!, options));
  }
  const nShared = shared[0]!.length;
  const quoted = quotedRows(published, first);
  return asReport({
    kind: "report",
    task: "comparison",
    of: first.task,
    // What a retrieval is paired by is its queries; its items are the sounds that they rank.
    data: { ...first.data, n: sounds?.nSounds ?? nShared },
    seed,
    failures: [...new Map(reports.flatMap(failuresByKey)).values()],
    version: packageVersion,
    madeAt: new Date().toISOString(),
    conventions: [
      ...first.conventions.filter((line) => reports.every((one) => one.conventions.includes(line))),
      `differences: on the ${nShared} ${NOUNS[first.task]} that all have; paired 95 % bootstrap${overClusters(first, clusters)}, ${nResamples} resamples, seed ${seed}`,
      ...(leftOut.size > 0
        ? [`differences leave out ${leftOut.size} labels that some probe here could not learn`]
        : []),
      ...(sounds ? [sounds.convention] : []),
      ...(quoted.length > 0
        ? ["quoted: figures from publications, on their authors' data; not in any difference"]
        : []),
      ...(published && quoted.length === 0 ? ["no published figures for this data set"] : []),
    ],
    rows: [
      ...reports.map((report, i) => measuredRow(report, paired[i]!, ids[i]!)),
      ...baselines(reports),
      ...quoted,
    ],
    differences: differencesOf(ids, measures),
    reports,
  });
}

function quotedRows(asked: boolean | readonly Quoted[], { task, data }: SingleReport) {
  if (typeof asked === "object") return asked.map(quotedRow);
  return asked ? publishedRows(task, data.name) : [];
}

function isRetrieval(reports: readonly SingleReport[]): reports is readonly RetrievalReport[] {
  return reports.every(({ task }) => task === "retrieval");
}

/** Of the rows that all have. @throws MulanError `compare.groups`: pairs are drawn alike or not at all */
function sharedClusters(
  reports: readonly PairedReport[],
  shared: readonly (readonly number[])[],
): readonly number[] | undefined {
  const [first, ...others] = reports.map((report, i) => {
    const clusters = clustersOf(report);
    return clusters && numberedAnew(shared[i]!.map((row) => clusters[row]!));
  });
  for (const other of others) {
    if (other?.join() === first?.join()) continue;
    throw new MulanError("compare.groups", "the reports group their items differently", {
      expected: "the same groups for all",
      got: [first, other].map((one) => `${one ? new Set(one).size : "no"} groups`).join(" and "),
      remedy: "Evaluate all of them on the same data set",
    });
  }
  return first;
}

/** In the order in which they first occur, so that equal groupings have equal numbers. */
function numberedAnew(clusters: readonly number[]): number[] {
  const numbers = new Map<number, number>();
  return clusters.map((cluster) => {
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    return number;
  });
}

function overClusters(report: SingleReport, clusters: readonly number[] | undefined): string {
  if (!clusters) return "";
  const n = new Set(clusters).size;
  if (report.task === "triplets") return ` over their ${n} ${report.clusters.noun}`;
  return `, resampled by group: ${n} groups`;
}

function measuredRow({ model }: SingleReport, paired: PairedReport, id: string): ComparedModel {
  const { measures } = paired;
  return { id, kind: "measured", from: null, measures, seenLabels: model.seenLabels };
}

/** Chance and the like are the same for all: each once. */
function baselines(reports: readonly SingleReport[]): ComparedModel[] {
  const found = reports.flatMap((report) => (report.task === "triplets" ? report.baselines : []));
  return [...new Map(found.map((one) => [one.id, one])).values()].map(({ id, accuracy }) => ({
    id,
    kind: "baseline",
    from: null,
    measures: [accuracy],
    seenLabels: [],
  }));
}

function differencesOf(
  ids: readonly string[],
  measures: readonly (readonly PairedMeasure[])[],
): PairedDifference[] {
  return ids.flatMap((b, j) =>
    ids.slice(0, j).flatMap((a, i) =>
      measures[i]!.flatMap((of) => {
        const to = measures[j]!.find(({ name }) => name === of.name);
        return to ? [{ a, b, measure: of.name, ...pairedDifference(of, to) }] : [];
      }),
    ),
  );
}

/** For each report the rows of what all reports have, in one order. @throws MulanError `compare.nothing-shared` */
function sharedRows(reports: readonly PairedReport[]): number[][] {
  const places = reports.map((report) => new Map(keysOf(report).map((key, row) => [key, row])));
  const keys = [...places[0]!.keys()].filter((key) => places.every((rows) => rows.has(key)));
  if (keys.length > 0) return places.map((rows) => keys.map((key) => rows.get(key)!));
  throw new MulanError("compare.nothing-shared", "the reports have no items in common", {
    expected: "evaluations of the same items",
  });
}

/** @throws MulanError `compare.names` */
function namesOf(reports: readonly SingleReport[], names?: readonly string[]): string[] {
  checkNames(reports.length, names);
  const times = new Map<string, number>();
  return reports.map(({ model }, i) => {
    const name = names?.[i] ?? model.id;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time === 1 ? name : `${name} (${time})`;
  });
}

function failuresByKey({ failures }: SingleReport) {
  return failures.map(
    (failure) => [`${failure.source}: ${failure.error.message}`, failure] as const,
  );
}
