// What a report and its figure say in the same words. Renderers read it too: no Node types here.

export type MeasureName =
  | "rocAuc"
  | "averagePrecision"
  | "rocAucMicro"
  | "averagePrecisionMicro"
  | "recallAt1"
  | "recallAt5"
  | "recallAt10"
  | "meanReciprocalRank"
  | "medianRank"
  | "accuracy";

/** One figure of a report. */
export interface Measured {
  readonly name: MeasureName;
  /** As a table names it: "ROC-AUC (macro)". */
  readonly label: string;
  readonly value: number;
  /** Bootstrap 95 % interval over items (clips, queries, anchors of triplets) or their groups; null where there is none, as for a quoted figure. */
  readonly interval: readonly [number, number] | null;
  /** What was averaged over: labels, queries, triplets. */
  readonly n: number;
  /** What guessing gives; null where that depends on more than the data. */
  readonly chance: number | null;
  readonly higherIsBetter: boolean;
}

export interface ReportData {
  readonly name: string;
  readonly sha256: string;
  /** Items that were scored. */
  readonly n: number;
  readonly conventions: readonly string[];
}

/** What a probe chose on the validation items, and what it learns from less. */
export interface ProbeChoices {
  /** Strength of L2 as scikit-learn's C, and what validation said of each that was tried. */
  readonly chosenC: number;
  readonly triedC: readonly { readonly c: number; readonly rocAuc: number }[];
  /** Mean over seeds, of a probe on this many positives a label; empty where it was not asked for. */
  readonly fewShot: readonly {
    readonly nPerLabel: number;
    readonly rocAuc: number;
    readonly interval: readonly [number, number];
  }[];
  /** Labels that all training items have, or none: nothing was learnt of them, and no mean counts them. Absent where there are none. */
  readonly constantLabels?: readonly string[];
  /** Where items have groups, few-shot sizes count groups that have a positive, each drawn whole. */
  readonly fewShotBy?: "group";
}

/** "quoted": a figure from a publication, on its authors' data and not on ours. */
export type ComparedKind = "measured" | "baseline" | "quoted";

/** How much `b` is above `a` on the same items. */
export interface PairedDifference {
  readonly a: string;
  readonly b: string;
  readonly measure: MeasureName;
  readonly difference: number;
  /** Paired bootstrap, 95 %. */
  readonly interval: readonly [number, number];
}
