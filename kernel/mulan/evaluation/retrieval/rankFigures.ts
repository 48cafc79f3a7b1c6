import { measured } from "../measured.ts";
import { bootstrap } from "../measures/bootstrap.ts";
import { meanReciprocalRank, medianRank, recallAt } from "../measures/ranks.ts";
import type { Measured, QueryMeasures } from "../report.ts";
import { rankChance } from "./chance.ts";

interface Options {
  readonly nItems: number;
  readonly seed: number;
  readonly nResamples: number;
}

/** The figures of a retrieval, each with its interval over queries and what a random order would give. */
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
  const aucs = queries.flatMap(({ rocAuc }) => rocAuc ?? []);
  const precisions = queries.map(({ averagePrecision }) => averagePrecision);
  const single = queries.every(({ relevant }) => relevant.length === 1);
  const over = (values: ArrayLike<number>, statistic: (some: Float64Array) => number) =>
    intervalOf(values, statistic, options);
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
            interval: over(aucs, mean),
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
  { seed, nResamples }: Options,
): readonly [number, number] {
  const drawn = new Float64Array(values.length);
  const of = (items: Uint32Array) => {
    for (let i = 0; i < items.length; i++) drawn[i] = values[items[i]!]!;
    return statistic(drawn);
  };
  return bootstrap({ n: values.length, seed, nResamples, statistic: of }).interval;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
