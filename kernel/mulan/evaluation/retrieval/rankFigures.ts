import { measured } from "../measured.ts";
import { bootstrap } from "../measures/bootstrap.ts";
import { meanReciprocalRank, medianRank, recallAt } from "../measures/ranks.ts";
import type { Measured, QueryMeasures } from "../report.ts";
import { rankChance } from "./chance.ts";

interface Options {
  readonly nItems: number;
  readonly seed: number;
  readonly nResamples: number;
  /** `[queries]`: what queries hang together by, of `queryGroups`. */
  readonly groups: readonly number[] | undefined;
}

/** The figures of a retrieval, each with its interval over queries (or their groups) and what a random order would give. */
export function rankFigures(queries: readonly QueryMeasures[], options: Options): Measured[] {
  const { nItems } = options;
  const chances = new Map<number, ReturnType<typeof rankChance>>();
  for (const { relevant } of queries) {
    const n = relevant.length;
    if (!chances.has(n)) chances.set(n, rankChance(nItems, n));
  }
  const chanceOf = (of: (chance: ReturnType<typeof rankChance>) => number) =>
    mean(queries.map(({ relevant }) => of(chances.get(relevant.length)!)));

  const ranks = Float64Array.from(queries, ({ rank }) => rank);
  const withAuc = [...queries.keys()].filter((i) => queries[i]!.rocAuc !== null);
  const aucs = withAuc.map((i) => queries[i]!.rocAuc!);
  const precisions = queries.map(({ averagePrecision }) => averagePrecision);
  const single = queries.every(({ relevant }) => relevant.length === 1);
  const over = (values: ArrayLike<number>, statistic: (some: Float64Array) => number) =>
    intervalOf(values, statistic, options);
  const aucGroups = options.groups && withAuc.map((i) => options.groups![i]!);
  const n = queries.length;
  const recall = (name: "recallAt1" | "recallAt5" | "recallAt10", k: number) =>
    measured(name, recallAt(ranks, k), {
      n,
      interval: over(ranks, (some) => recallAt(some, k)),
      chance: chanceOf((chance) => chance.recallAt(k)),
    });
  return [
    ...(aucs.length > 0
      ? [
          measured("rocAuc", mean(aucs), {
            label: "ROC-AUC (mean over queries)",
            n: aucs.length,
            interval: intervalOf(aucs, mean, { ...options, groups: aucGroups }),
            chance: 0.5,
          }),
        ]
      : []),
    measured("averagePrecision", mean(precisions), {
      label: "mAP (mean over queries)",
      n,
      interval: over(precisions, mean),
      chance: chanceOf((chance) => chance.averagePrecision),
    }),
    recall("recallAt1", 1),
    recall("recallAt5", 5),
    recall("recallAt10", 10),
    measured("meanReciprocalRank", meanReciprocalRank(ranks), {
      n,
      interval: over(ranks, meanReciprocalRank),
      chance: chanceOf((chance) => chance.reciprocalRank),
    }),
    measured("medianRank", medianRank(ranks), {
      n,
      interval: over(ranks, medianRank),
      chance: single ? (nItems + 1) / 2 : null,
    }),
  ];
}

function intervalOf(
  values: ArrayLike<number>,
  statistic: (some: Float64Array) => number,
  { seed, nResamples, groups }: Options,
): readonly [number, number] {
  let drawn = new Float64Array(values.length);
  const of = (items: Uint32Array) => {
    if (items.length > drawn.length) drawn = new Float64Array(items.length);
    for (let i = 0; i < items.length; i++) drawn[i] = values[items[i]!]!;
    return statistic(drawn.subarray(0, items.length));
  };
  const n = values.length;
  return bootstrap({ n, seed, nResamples, clusters: groups, statistic: of }).interval;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
