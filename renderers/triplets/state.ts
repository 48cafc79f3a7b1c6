import type { TripletRow, TripletsFigure } from "../../kernel/mulan/figures/contract.ts";
import type { LiveMember } from "../../kernel/mulan/figures/contractLive.ts";
import type { Audible } from "../shared/sound/playClips.ts";

export const memberNames = ["anchor", "positive", "negative"] as const;
export type MemberName = (typeof memberNames)[number];

/** Triplets as they are looked at now. */
export interface State {
  readonly figure: TripletsFigure;
  /** Rows that are drawn, worst first. */
  readonly nShown: number;
  readonly cursor: { readonly row: number; readonly member: number };
}

export const rowStep = 24;

/** How triplets are looked at: all of their state but the figure. */
export type View = Pick<State, "nShown" | "cursor">;

/** @param before how the output was looked at when it was drawn last */
export function initialState(figure: TripletsFigure, before?: View): State {
  const { nShown = rowStep, cursor = { row: 0, member: 0 } } = before ?? {};
  return {
    figure,
    nShown: Math.min(nShown, figure.n),
    cursor: { ...cursor, row: Math.min(cursor.row, figure.n - 1) },
  };
}

export function withFigure(state: State, figure: TripletsFigure, row?: TripletRow): State {
  const at = row ? figure.rows.indexOf(row) : Math.min(state.cursor.row, figure.n - 1);
  const grown = Math.max(Math.min(rowStep, figure.n), Math.min(state.nShown, figure.n), at + 1);
  return { figure, nShown: grown, cursor: { row: Math.max(0, at), member: state.cursor.member } };
}

export function audibleOf(row: TripletRow, member: number): Audible | undefined {
  const clip = row.clips?.[member];
  return clip ? { clip, label: row[memberNames[member]!] } : undefined;
}

/** Every clip of the figure by its label: what a person can name when typing a triplet. */
export function clipsByLabel(figure: TripletsFigure): Map<string, string> {
  const found = new Map<string, string>();
  for (const row of figure.rows) {
    memberNames.forEach((name, i) => {
      const clip = row.clips?.[i];
      if (clip) found.set(row[name], clip);
    });
  }
  return found;
}

/** What is typed names a clip of the figure where it is its label, and is a text elsewhere. */
export function memberOf(text: string, clips: ReadonlyMap<string, string>): LiveMember {
  const clip = clips.get(text);
  return clip ? { clip } : { text };
}
