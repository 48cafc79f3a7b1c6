// What every evaluation returns: plain data that lists how it came about. Classes around it add only
// saving and text; figures draw it.
import type { Grouped } from "../datasets/dataset.ts";
import type { EmbeddingSource } from "../embedding/source.ts";
import type { Failure } from "../foundation/errors.ts";
import type {
  ComparedKind,
  Measured,
  PairedDifference,
  ProbeChoices,
  ReportData,
} from "./reportParts.ts";

export type { Measured, MeasureName, PairedDifference, ReportData } from "./reportParts.ts";

export interface ReportModel {
  readonly id: string;
  /** Of its manifest's files, or of the embedding files; null where it has none (a baseline). */
  readonly sha256: string | null;
  /** Labels of this data set that its training, or its teachers', saw: not zero-shot on them. */
  readonly seenLabels: readonly string[];
  /** Where its training names this data set: how; null where it does not. */
  readonly seenHow: string | null;
}

interface ReportBase {
  readonly kind: "report";
  /** How the figures were computed, a line each: "macro: mean over the labels with positives and negatives". */
  readonly conventions: readonly string[];
  readonly data: ReportData;
  readonly model: ReportModel;
  /** Of bootstrap, sampling and training. */
  readonly seed: number;
  /** Most telling first. */
  readonly measures: readonly Measured[];
  readonly failures: readonly Failure[];
  /** Of this library. */
  readonly version: string;
  /** ISO 8601. */
  readonly madeAt: string;
}

/** A clip of a report, in the order of its scores' rows. */
export interface ReportItem extends Grouped {
  readonly id: string;
  readonly label: string;
  readonly source: EmbeddingSource;
}

export interface LabelMeasures {
  readonly label: string;
  readonly nPositive: number;
  /** Null where the label has no positives or no negatives (of a probe in training either): left out of every mean. */
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** The model's training saw this label. */
  readonly seen: boolean;
}

interface LabelScoresReport extends ReportBase {
  readonly items: readonly ReportItem[];
  /** In the data set's order. */
  readonly labels: readonly LabelMeasures[];
  /** Labels without positives or without negatives, of a probe in training too. */
  readonly nLabelsLeftOut: number;
  /** `[items, labels]`, row-major: cosines (tagging) or logits (probe). */
  readonly scores: Float32Array;
  /** `[items, labels]` of 0 and 1. */
  readonly truth: Uint8Array;
}

export interface TaggingReport extends LabelScoresReport {
  readonly task: "tagging";
  readonly prompts: readonly string[];
}

export interface ProbeReport extends LabelScoresReport, ProbeChoices {
  readonly task: "probe";
}

export interface QueryMeasures {
  readonly query: string;
  /** Where the query came from: "title", "description", "caption". */
  readonly from: string;
  /** Rows of `items` that answer it. */
  readonly relevant: readonly number[];
  /** 1-based place of the first relevant one. */
  readonly rank: number;
  /** Null where everything is relevant. */
  readonly rocAuc: number | null;
  readonly averagePrecision: number;
}

export interface RetrievalReport extends ReportBase {
  readonly task: "retrieval";
  readonly items: readonly ReportItem[];
  readonly queries: readonly QueryMeasures[];
  /** `[queries, items]` cosines, row-major. */
  readonly scores: Float32Array;
}

/** Triplets of one name or playlist are right or wrong together: intervals take them as one. */
export interface TripletClusters {
  /** What they are, as the conventions call them: "classes", "playlists", "anchors". */
  readonly noun: string;
  /** `[rows]`: the number of what each triplet is of. */
  readonly ofRows: readonly number[];
}

export interface TripletsReport extends ReportBase {
  readonly task: "triplets";
  /** The model's own rows, as `triplets` gives them. */
  readonly rows: readonly {
    readonly anchor: string;
    readonly positive: string;
    readonly negative: string;
    readonly cosinePositive: number;
    readonly cosineNegative: number;
    readonly margin: number;
    readonly correct: boolean;
  }[];
  readonly clusters: TripletClusters;
  /** Audio members, for listening: `[rows][anchor, positive, negative]`. */
  readonly sources: readonly (readonly [EmbeddingSource, EmbeddingSource, EmbeddingSource])[];
  /** Chance and lexical overlap on the same triplets. */
  readonly baselines: readonly { readonly id: string; readonly accuracy: Measured }[];
}

/** A row of a comparison. */
export interface ComparedModel {
  readonly id: string;
  readonly kind: ComparedKind;
  /** Where a quoted figure stands. */
  readonly from: string | null;
  readonly measures: readonly Measured[];
  readonly seenLabels: readonly string[];
}

export interface ComparisonReport extends Omit<ReportBase, "model" | "measures"> {
  readonly task: "comparison";
  /** What each row was asked: "tagging". */
  readonly of: Exclude<Report["task"], "comparison">;
  readonly rows: readonly ComparedModel[];
  readonly differences: readonly PairedDifference[];
  /** The measured rows' own reports, for drilling down. */
  readonly reports: readonly Report[];
}

export type Report =
  | TaggingReport
  | ProbeReport
  | RetrievalReport
  | TripletsReport
  | ComparisonReport;
