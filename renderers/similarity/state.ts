import type { Items, SimilarityFigure } from "../../kernel/mulan/figures/contract.ts";
import type { LiveMember } from "../../kernel/mulan/figures/contractLive.ts";
import type { Audible } from "../shared/sound/playClips.ts";
import { type Matrix, matrixOf } from "./matrix.ts";
import { grownView, initialView, type View } from "./view.ts";

/** A figure as it is looked at now. */
export interface State {
  readonly figure: SimilarityFigure;
  readonly matrix: Matrix;
  readonly view: View;
}

export function initialState(figure: SimilarityFigure, remembered?: View): State {
  const matrix = matrixOf(figure);
  const fits =
    remembered?.rowOrder.length === matrix.nRows &&
    remembered.columnOrder.length === matrix.nColumns;
  return { figure, matrix, view: fits ? remembered : initialView(matrix) };
}

/** The same look at an edited figure. */
export function withFigure({ view }: State, figure: SimilarityFigure): State {
  const matrix = matrixOf(figure);
  return { figure, matrix, view: grownView(view, matrix) };
}

/** Index of the row and column under the keys. */
export function cursorIndices({ view }: State): { readonly row: number; readonly column: number } {
  return {
    row: view.rowOrder[view.cursor.row] ?? 0,
    column: view.columnOrder[view.cursor.column] ?? 0,
  };
}

/** What can be heard of a cell: its row's clip and its column's. */
export function audibleOf(figure: SimilarityFigure, row: number, column: number): Audible[] {
  const found = [at(figure.rows, row), at(figure.columns, column)].filter((each) => each !== null);
  return found.filter(({ clip }, i) => found.findIndex((other) => other.clip === clip) === i);
}

function at({ labels, clips }: Items, index: number): Audible | null {
  const clip = clips?.[index];
  return clip ? { clip, label: labels[index]! } : null;
}

/** On which side a person's text can stand, and what it is compared with there; undefined on neither. */
export function textSide(
  figure: SimilarityFigure,
): { readonly side: "rows" | "columns"; readonly others: readonly LiveMember[] } | undefined {
  const averaged = figure.block[0] * figure.block[1] > 1;
  if (averaged || figure.model === null) return undefined;
  const side = figure.rows.modality === "text" ? "rows" : "columns";
  if (figure[side].modality !== "text") return undefined;
  const others = membersOf(figure[side === "rows" ? "columns" : "rows"]);
  return others && { side, others };
}

function membersOf({ labels, modality, clips }: Items): LiveMember[] | undefined {
  const members: LiveMember[] = [];
  for (const [i, text] of labels.entries()) {
    const clip = clips?.[i];
    if (clip) members.push({ clip });
    else if (modality === "text") members.push({ text });
    else return undefined;
  }
  return members;
}

/** Every clip that the figure names. */
export function clipsOf(figure: SimilarityFigure): string[] {
  const ids = [...(figure.rows.clips ?? []), ...(figure.columns.clips ?? [])];
  return [...new Set(ids.filter((id) => id !== null))];
}
