// The JSON of the family "report": an evaluation's measures, tables that are bounded whatever the data's size, and the
// examples worth listening to. Shares have four decimals. No Node and no DOM types here.
import type {
  ComparedKind,
  Measured,
  PairedDifference,
  ProbeChoices,
  ReportData,
} from "../evaluation/reportParts.ts";
import type { FigureBase, Items } from "./contract.ts";

export { type CurvePoint, decodeCurve, precisionCurve } from "./report/curve.ts";

/** One figure of a report. */
export type MeasureData = Measured;
export type Difference = PairedDifference;

/** Names a report to the engine that made the output. */
export type ReportId = string;

export type ReportTask = "tagging" | "probe" | "retrieval" | "triplets" | "comparison";

/** How the figures came about, for the footnote that a click unfolds. */
export interface Provenance {
  readonly conventions: readonly string[];
  readonly data: ReportData;
  readonly modelSha256: string | null;
  /** How the model's training met this data; null where it did not. */
  readonly seenHow: string | null;
  readonly seed: number;
  readonly libraryVersion: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly nFailures: number;
  /** The first of them, "file: what happened". */
  readonly failures: readonly string[];
}

interface ReportFigureBase<T extends ReportTask> extends FigureBase<"report"> {
  readonly task: T;
  /** Null where no engine can be asked for more than is here. */
  readonly report: ReportId | null;
  /** Most telling first; empty for a comparison, whose rows have their own. */
  readonly measures: readonly MeasureData[];
  readonly provenance: Provenance;
}

/** A clip by its place in the figure's `clips`, and the score that it got. */
export type ScoredClip = readonly [clip: number, score: number];

export interface LabelRow {
  readonly label: string;
  /** Its place in the report's own labels: what a live request names it by. */
  readonly index: number;
  readonly nPositive: number;
  /** Null where the label has no positives or no negatives. */
  readonly rocAuc: number | null;
  /** 95 %, DeLong's variance on the logit scale. */
  readonly rocAucInterval: readonly [number, number] | null;
  readonly averagePrecision: number | null;
  /** 95 %, binomial variance on the logit scale. */
  readonly averagePrecisionInterval: readonly [number, number] | null;
  /** The model's training saw this label. */
  readonly seen: boolean;
  /** Of report/curve.ts: ROC and PR curve in one; empty where there is none. */
  readonly curve: string;
  /** Highest scores without the label. */
  readonly falsePositives: readonly ScoredClip[];
  /** Lowest scores with the label. */
  readonly misses: readonly ScoredClip[];
}

interface LabelsFigure {
  readonly nItems: number;
  readonly nLabels: number;
  /** In the data set's order; of very many those with most positives. */
  readonly labels: readonly LabelRow[];
  readonly nLabelsLeftOut: number;
  /** Clips that are named in rows. */
  readonly clips: Items;
  /** Of each such clip: places of its true labels in `labels`, the first few. */
  readonly tags: readonly (readonly number[])[];
  /** What a score is: "cosine", "logit". */
  readonly scoreName: string;
}

export interface TaggingFigure extends ReportFigureBase<"tagging">, LabelsFigure {
  readonly prompts: readonly string[];
}

export interface ProbeFigure extends ReportFigureBase<"probe">, LabelsFigure, ProbeChoices {
  /** All of `constantLabels`, of which only the first are here. */
  readonly nConstantLabels?: number;
}

export interface QueryRow {
  readonly query: string;
  /** Its place in the report's own queries. */
  readonly index: number;
  readonly from: string;
  readonly nRelevant: number;
  /** 1-based place of the first relevant item. */
  readonly rank: number;
  readonly rocAuc: number | null;
  readonly averagePrecision: number;
  /** 1-based places of the relevant items, the first few. */
  readonly relevantRanks: readonly number[];
  /** The beginning of its ranking: clip, cosine, 1 where it is relevant. Empty for rows that only an engine can open. */
  readonly top: readonly (readonly [clip: number, score: number, relevant: 0 | 1])[];
}

export interface RetrievalFigure extends ReportFigureBase<"retrieval"> {
  readonly nItems: number;
  readonly nQueries: number;
  /** All queries; of very many the best, the worst and some evenly between. */
  readonly queries: readonly QueryRow[];
  readonly clips: Items;
  /** Share of queries with a relevant item among the first k, measured and by chance. */
  readonly recall: readonly {
    readonly k: number;
    readonly share: number;
    readonly chance: number;
  }[];
  /** How many queries have their first relevant item from `from` to `to`. */
  readonly ranks: readonly { readonly from: number; readonly to: number; readonly n: number }[];
}

export interface JudgedTriplet {
  readonly anchor: string;
  readonly positive: string;
  readonly negative: string;
  readonly cosinePositive: number;
  readonly cosineNegative: number;
  readonly margin: number;
  /** Places in `clips` of what can be heard, else null. */
  readonly clips: readonly [number | null, number | null, number | null];
}

export interface TripletsReportFigure extends ReportFigureBase<"triplets"> {
  readonly n: number;
  readonly nRight: number;
  /** Worst first; of many the worst and, after them, the best. */
  readonly rows: readonly JudgedTriplet[];
  readonly clips: Items;
  readonly baselines: readonly { readonly id: string; readonly accuracy: MeasureData }[];
  /** Margins of all triplets in order: int8 with `marginLimit`, at most 640 of them. */
  readonly margins: string;
  readonly marginLimit: number;
}

export interface ComparedRow {
  readonly id: string;
  readonly kind: ComparedKind;
  /** Where a quoted figure stands. */
  readonly from: string | null;
  readonly measures: readonly MeasureData[];
  readonly nSeenLabels: number;
}

export interface ComparisonFigure extends ReportFigureBase<"comparison"> {
  readonly of: Exclude<ReportTask, "comparison">;
  readonly rows: readonly ComparedRow[];
  readonly differences: readonly Difference[];
  /** Label by label, where the rows were asked the same labels; null elsewhere. */
  readonly perLabel: {
    readonly labels: readonly string[];
    readonly nPositive: readonly number[];
    /** Of the measured rows, by their ids. */
    readonly models: readonly {
      readonly id: string;
      readonly rocAuc: readonly (number | null)[];
      readonly averagePrecision: readonly (number | null)[];
    }[];
  } | null;
}

export type ReportFigure =
  | TaggingFigure
  | ProbeFigure
  | RetrievalFigure
  | TripletsReportFigure
  | ComparisonFigure;

/** A report over labels. */
export type LabelsReportFigure = TaggingFigure | ProbeFigure;
