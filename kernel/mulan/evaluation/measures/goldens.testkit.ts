import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../foundation/packageRoot.ts";

/** What test/reference/measures.py wrote. */
interface Goldens {
  readonly binary: readonly {
    readonly name: string;
    readonly scores: readonly number[];
    readonly truth: readonly number[];
    readonly rocAuc: number;
    readonly averagePrecision: number;
    readonly weights: readonly number[];
    readonly rocAucWeighted: number;
    readonly averagePrecisionWeighted: number;
  }[];
  readonly labels: {
    readonly nLabels: number;
    readonly scores: readonly number[];
    readonly truth: readonly number[];
    readonly rocAuc: readonly (number | null)[];
    readonly averagePrecision: readonly (number | null)[];
    readonly macroRocAuc: number;
    readonly macroAveragePrecision: number;
    readonly microRocAuc: number;
    readonly microAveragePrecision: number;
  };
  readonly retrieval: {
    readonly scores: readonly number[];
    readonly relevant: readonly number[][];
    readonly ranks: readonly number[];
    readonly medianRank: number;
    readonly meanReciprocalRank: number;
    readonly recallAt: Readonly<Record<string, number>>;
    readonly meanAveragePrecision: number;
    readonly meanRocAuc: number;
  };
  readonly classes: {
    readonly truth: readonly number[];
    readonly predicted: readonly number[];
    readonly accuracy: number;
  };
  readonly percentiles: {
    readonly values: readonly number[];
    readonly interval: readonly [number, number];
  };
  readonly clusters: {
    readonly ofItems: readonly number[];
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly interval: readonly [number, number];
    readonly differenceInterval: readonly [number, number];
  };
  readonly leaning: {
    readonly nLabels: number;
    readonly scores: readonly number[];
    readonly truth: readonly number[];
    readonly value: number;
    readonly percentiles: readonly [number, number];
    readonly interval: readonly [number, number];
  };
}

export const goldens = JSON.parse(
  readFileSync(join(packageRoot, "test", "goldens", "evaluation", "measures.json"), "utf8"),
) as Goldens;
