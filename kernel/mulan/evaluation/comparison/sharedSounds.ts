import { MulanError } from "../../foundation/errors.ts";
import { queryMeasures, ranksOf } from "../measures/ranks.ts";
import type { QueryMeasures, RetrievalReport } from "../report.ts";
import { queryGroups } from "../retrieval/queryGroups.ts";
import { rankFigures } from "../retrieval/rankFigures.ts";

/** A retrieval with every query ranked among the sounds that all compared models have; scores stay where they were. */
export type RankedAmongShared = Pick<RetrievalReport, "task" | "queries" | "items" | "measures">;

export interface SharedSounds {
  /** In the reports' order; a report that has no other sounds is unchanged. */
  readonly ranked: readonly RankedAmongShared[];
  readonly nSounds: number;
  /** A line for the report. */
  readonly convention: string;
}

/**
 * A rank among fewer sounds is a better one: models that lack different sounds are compared on rankings of what all of
 * them have. Queries whose every relevant sound is lacking somewhere are left out.
 * @param options of the bootstrap
 * @throws MulanError `compare.nothing-shared`
 */
export function rankAmongShared(
  reports: readonly RetrievalReport[],
  options: { readonly seed: number; readonly nResamples: number },
): SharedSounds {
  const places = reports.map(({ items }) => new Map(items.map(({ id }, i) => [id, i])));
  const ids = [...places[0]!.keys()].filter((id) => places.every((known) => known.has(id)));
  const nSounds = ids.length;
  if (nSounds === 0) {
    throw new MulanError("compare.nothing-shared", "the reports have no sounds in common", {
      expected: "rankings of the same sounds",
    });
  }
  const pools = reports.map(({ items }) => items.length);
  if (pools.every((n) => n === nSounds)) {
    return {
      ranked: reports,
      nSounds,
      convention: `every model ranked the same ${nSounds} sounds`,
    };
  }
  const ranked = reports.map((report, i) => {
    if (pools[i] === nSounds) return report;
    const columns = ids.map((id) => places[i]!.get(id)!);
    return narrowed(report, columns, options);
  });
  return {
    ranked,
    nSounds,
    convention: `ranks taken anew among the ${nSounds} sounds that all models have (they had ${pools.join(", ")})`,
  };
}

/** @param columns places in the report's items, ascending or not: rankings do not mind */
function narrowed(
  report: RetrievalReport,
  columns: readonly number[],
  { seed, nResamples }: { readonly seed: number; readonly nResamples: number },
): RankedAmongShared {
  const items = columns.map((column) => report.items[column]!);
  const newPlaces = new Map(columns.map((column, place) => [column, place]));
  const queries = report.queries.flatMap((query, i) => {
    const relevant = query.relevant.flatMap((column) => newPlaces.get(column) ?? []);
    if (relevant.length === 0) return [];
    const all = report.scores.subarray(i * report.items.length, (i + 1) * report.items.length);
    const scores = Float32Array.from(columns, (column) => all[column]!);
    return [rankedAnew(query, scores, relevant)];
  });
  if (queries.length === 0) {
    throw new MulanError("compare.nothing-shared", "no query has a sound that all reports have", {
      expected: "rankings of the same sounds",
      got: `${items.length} sounds in common, none of which answers a query`,
    });
  }
  const groups = queryGroups(queries, items);
  const measures = rankFigures(queries, { nItems: items.length, seed, nResamples, groups });
  return { task: report.task, items, queries, measures };
}

/** @param scores `[items]` of one query */
function rankedAnew(
  query: QueryMeasures,
  scores: Float32Array,
  relevant: readonly number[],
): QueryMeasures {
  const [rank] = ranksOf(scores, [relevant]);
  const [measures] = queryMeasures(scores, [relevant]);
  const { rocAuc, averagePrecision } = measures!;
  return { ...query, relevant, rank: rank!, rocAuc, averagePrecision: averagePrecision ?? 1 };
}
