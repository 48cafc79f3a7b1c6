import { MulanError } from "../../foundation/errors.ts";
import { groupNumbers } from "../groups.ts";
import { bootstrap } from "../measures/bootstrap.ts";
import { bootstrapLabels } from "../measures/bootstrapLabels.ts";
import { labelMeasures } from "../measures/labelMeasures.ts";
import { pickColumns } from "../measures/pickColumns.ts";
import { meanReciprocalRank, medianRank, recallAt } from "../measures/ranks.ts";
import type { Resampled } from "../measures/resample.ts";
import type {
  ComparisonReport,
  MeasureName,
  ProbeReport,
  Report,
  RetrievalReport,
  TaggingReport,
  TripletsReport,
} from "../report.ts";
import { queryGroups } from "../retrieval/queryGroups.ts";
import type { RankedAmongShared } from "./sharedSounds.ts";

export type SingleReport = Exclude<Report, ComparisonReport>;

/** What is paired: a report, or a retrieval that was ranked anew among the shared sounds. */
export type PairedReport = Exclude<SingleReport, RetrievalReport> | RankedAmongShared;

/** A measure on the items that all compared reports share, and on each resample of them. */
export interface PairedMeasure {
  readonly name: MeasureName;
  readonly value: number;
  readonly resampled: Resampled;
}

export interface PairedOptions {
  readonly seed: number;
  readonly nResamples: number;
  readonly signal: AbortSignal | undefined;
  /** `[rows]`: what rows hang together by; the same for all reports, because both are drawn alike. */
  readonly clusters: readonly number[] | undefined;
  /** Labels that some probe among the reports could not learn: they are in no difference. */
  readonly leftOut: ReadonlySet<string>;
}

/** Of a probe, the labels that all its training items have, or none. */
export function unlearntLabels(report: PairedReport): readonly string[] {
  return report.task === "probe" ? (report.constantLabels ?? []) : [];
}

/** What each report was asked about, in an order of its own: reports are paired by these. */
export function keysOf(report: PairedReport): string[] {
  switch (report.task) {
    case "tagging":
    case "probe":
      return report.items.map(({ id }) => id);
    case "retrieval":
      return numbered(report.queries.map(({ query, from }) => `${from}: ${query}`));
    case "triplets":
      return numbered(
        report.rows.map(({ anchor, positive, negative }) =>
          JSON.stringify([anchor, positive, negative]),
        ),
      );
  }
}

/** What a report's rows (items, queries, triplets) hang together by; undefined where each stands for itself. */
export function clustersOf(report: PairedReport): readonly number[] | undefined {
  switch (report.task) {
    case "tagging":
    case "probe":
      return groupNumbers(report.items);
    case "retrieval":
      return queryGroups(report.queries, report.items);
    case "triplets":
      return report.clusters.ofRows;
  }
}

/** A report's measures on some of its rows (items, queries, triplets), resampled alike for all reports. */
export async function pairedMeasures(
  report: PairedReport,
  rows: readonly number[],
  options: PairedOptions,
): Promise<PairedMeasure[]> {
  switch (report.task) {
    case "tagging":
    case "probe":
      return ofLabels(report, rows, options);
    case "retrieval":
      return ofQueries(report, rows, options);
    case "triplets":
      return ofTriplets(report, rows, options);
  }
}

async function ofLabels(
  report: TaggingReport | ProbeReport,
  rows: readonly number[],
  { leftOut, ...options }: PairedOptions,
): Promise<PairedMeasure[]> {
  const columns = report.labels.flatMap(({ label }, i) => (leftOut.has(label) ? [] : [i]));
  const nAll = report.labels.length;
  const nLabels = columns.length;
  const scores = pickColumns(pick(report.scores, rows, nAll), nAll, columns);
  const truth = pickColumns(pick(report.truth, rows, nAll), nAll, columns);
  if (nLabels === 0) throw dividesNone(rows.length);
  const { macro, micro } = labelMeasures(scores, truth, nLabels);
  if (macro.rocAuc === null || macro.averagePrecision === null) throw dividesNone(rows.length);
  const resampled = await bootstrapLabels(scores, truth, nLabels, options);
  return [
    { name: "rocAuc", value: macro.rocAuc, resampled: resampled.macro.rocAuc },
    {
      name: "averagePrecision",
      value: macro.averagePrecision,
      resampled: resampled.macro.averagePrecision,
    },
    { name: "rocAucMicro", value: micro.rocAuc!, resampled: resampled.micro.rocAuc },
    {
      name: "averagePrecisionMicro",
      value: micro.averagePrecision!,
      resampled: resampled.micro.averagePrecision,
    },
  ];
}

function dividesNone(nClips: number): MulanError {
  return new MulanError("evaluation.no-figures", "the shared clips divide no label", {
    got: `${nClips} clips that all models have`,
  });
}

function ofQueries(
  { queries }: RankedAmongShared,
  rows: readonly number[],
  options: PairedOptions,
): PairedMeasure[] {
  const some = rows.map((row) => queries[row]!);
  const ranks = some.map(({ rank }) => rank);
  const aucs = some.map(({ rocAuc }) => rocAuc ?? Number.NaN);
  const precisions = some.map(({ averagePrecision }) => averagePrecision);
  const over = (
    name: MeasureName,
    values: readonly number[],
    statistic: (drawn: readonly number[]) => number,
  ) => of(name, values, statistic, options);
  return [
    ...(aucs.some((auc) => !Number.isNaN(auc)) ? [over("rocAuc", aucs, definedMean)] : []),
    over("averagePrecision", precisions, definedMean),
    over("recallAt1", ranks, (drawn) => recallAt(drawn, 1)),
    over("recallAt5", ranks, (drawn) => recallAt(drawn, 5)),
    over("recallAt10", ranks, (drawn) => recallAt(drawn, 10)),
    over("meanReciprocalRank", ranks, meanReciprocalRank),
    over("medianRank", ranks, medianRank),
  ];
}

function ofTriplets(
  { rows: all }: TripletsReport,
  rows: readonly number[],
  options: PairedOptions,
): PairedMeasure[] {
  const right = rows.map((row) => (all[row]!.correct ? 1 : 0));
  return [of("accuracy", right, definedMean, options)];
}

function of(
  name: MeasureName,
  values: readonly number[],
  statistic: (drawn: readonly number[]) => number,
  { seed, nResamples, clusters }: PairedOptions,
): PairedMeasure {
  const drawn = [...values];
  const { value, ...resampled } = bootstrap({
    n: values.length,
    seed,
    nResamples,
    clusters,
    statistic: (items) => {
      drawn.length = items.length;
      for (let i = 0; i < items.length; i++) drawn[i] = values[items[i]!]!;
      return statistic(drawn);
    },
  });
  return { name, value, resampled };
}

function definedMean(values: readonly number[]): number {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    n++;
  }
  return n > 0 ? sum / n : Number.NaN;
}

function pick<Numbers extends Float32Array | Uint8Array>(
  matrix: Numbers,
  rows: readonly number[],
  nColumns: number,
): Numbers {
  const picked = new (matrix.constructor as new (length: number) => Numbers)(
    rows.length * nColumns,
  );
  for (const [to, row] of rows.entries()) {
    picked.set(matrix.subarray(row * nColumns, (row + 1) * nColumns), to * nColumns);
  }
  return picked;
}

/** The second query of one text is another query. */
function numbered(keys: readonly string[]): string[] {
  const times = new Map<string, number>();
  return keys.map((key) => {
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return time === 1 ? key : `${key} (${time})`;
  });
}
