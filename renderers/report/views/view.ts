import type { ClipId } from "../../../kernel/mulan/figures/contract.ts";
import type { Mark, Panel, Pen, Room } from "../../../kernel/mulan/figures/contractReportLook.ts";

/** A clip in a list that a person can hear. */
export interface ListedClip {
  readonly clip: ClipId | null;
  /** The label, or the text where it is none. */
  readonly label: string;
  /** Before the label: its place in a ranking. */
  readonly place?: number;
  readonly score: number | null;
  /** Right ones get a check mark, wrong ones a cross. */
  readonly mark: "right" | "wrong" | null;
  /** Behind the label, quieter: what the clip really carries. */
  readonly note: string;
}

export interface ClipSection {
  readonly title: string;
  readonly clips: readonly ListedClip[];
  /** In place of clips where there are none. */
  readonly empty: string;
}

/** A way to order the rows. */
export interface Sort {
  readonly id: string;
  readonly label: string;
  /** Larger values first. */
  readonly descending: boolean;
  /** Null stands last, whatever the direction. */
  value(row: number): number | string | null;
}

/** One of several ways to look at the details. */
export interface Choice {
  /** The control's name: "Differences". */
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly initial: string;
  /** What is chosen once the list is sorted by another measure. */
  afterSort(chosen: string, sort: string): string;
}

/** The rows of a list in one width: what stands above them and each of them, drawn from y = 0. */
export interface ListDrawing {
  readonly head: Panel;
  /** What stands below them, drawn from y = 0. */
  readonly foot?: Panel;
  readonly pitch: number;
  row(row: number): readonly Mark[];
}

/** What a ranking of the engine is asked by. */
export type RankingOf = { readonly label: number } | { readonly query: number };

/** One task's rows, details and words: what the figure around them needs to know of it. */
export interface ReportView {
  /** What a row is: "label", "query". */
  readonly noun: string;
  /** Texts of the rows: what the filter looks into. */
  readonly names: readonly string[];
  readonly sorts: readonly Sort[];
  /** List and detail stand side by side where there is room. */
  readonly sideBySide: boolean;
  /** What is above the list. */
  overview(pen: Pen, room: Room): Panel;
  list(pen: Pen, rows: readonly number[], width: number, sort: string): ListDrawing;
  /** What its details can be looked at by, where there is a choice. */
  readonly choice?: Choice;
  /** Plots of one row. @param chosen of `choice`; "" where there is none */
  detail(pen: Pen, row: number, room: Room, sort: string, chosen: string): Panel;
  /** Its clips. */
  sections(row: number): readonly ClipSection[];
  /** The row in words, for its hover and a screen reader. */
  tell(row: number): string;
  /** Where an engine can go on. */
  readonly ranking?: {
    of(row: number): RankingOf;
    /** "with this label", "that answer the query". */
    readonly relevantInWords: string;
  };
  /** A header line and the values. */
  table(): (string | number)[][];
}

export const nothing: Panel = { marks: [], hits: [], height: 0 };
