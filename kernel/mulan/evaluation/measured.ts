import type { Measured, MeasureName } from "./report.ts";

const LABELS: Readonly<Record<MeasureName, string>> = {
  rocAuc: "ROC-AUC (macro)",
  averagePrecision: "mAP (macro)",
  rocAucMicro: "ROC-AUC (micro)",
  averagePrecisionMicro: "AP (micro)",
  recallAt1: "R@1",
  recallAt5: "R@5",
  recallAt10: "R@10",
  meanReciprocalRank: "MRR",
  medianRank: "median rank",
  accuracy: "accuracy",
};

export function isMeasureName(name: string): name is MeasureName {
  return Object.hasOwn(LABELS, name);
}

export const MEASURE_NAMES = Object.keys(LABELS) as readonly MeasureName[];

/** A figure under the name that tables give it. */
export function measured(
  name: MeasureName,
  value: number,
  facts: {
    readonly n: number;
    readonly interval?: readonly [number, number] | null | undefined;
    readonly chance?: number | null;
    /** Where the usual name would say something else: "ROC-AUC (mean over queries)". */
    readonly label?: string;
  },
): Measured {
  const { n, interval = null, chance = null, label = LABELS[name] } = facts;
  return { name, label, value, interval, n, chance, higherIsBetter: name !== "medianRank" };
}
