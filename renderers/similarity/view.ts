import type { SimilarityFigure, ValueScale } from "../../kernel/mulan/figures/contract.ts";
import { chooseScale } from "../../kernel/mulan/figures/contractLook.ts";
import { identityOrder, type Matrix } from "./matrix.ts";
import { type Normalisation, normalise } from "./normalise.ts";

export type Ordering = "given" | "clusters" | "row" | "column";

/** A run of shown positions: `[from, from + count)`. */
export interface Span {
  readonly from: number;
  readonly count: number;
}

/** How a person looks at the matrix. Positions count what is shown, indices what the figure holds. */
export interface View {
  /** Index of the row at each position. */
  readonly rowOrder: readonly number[];
  readonly columnOrder: readonly number[];
  /** How the orders came about. */
  readonly ordering: Ordering;
  readonly normalisation: Normalisation;
  readonly scaleKind: "auto" | ValueScale["kind"];
  /** Cells below are hidden; null shows all. */
  readonly threshold: number | null;
  /** What zoom leaves visible. */
  readonly rows: Span;
  readonly columns: Span;
  /** Position of the cell that the keys act on. */
  readonly cursor: { readonly row: number; readonly column: number };
}

export function initialView({ nRows, nColumns }: Matrix): View {
  return {
    rowOrder: identityOrder(nRows),
    columnOrder: identityOrder(nColumns),
    ordering: "given",
    normalisation: "none",
    scaleKind: "auto",
    threshold: null,
    rows: { from: 0, count: nRows },
    columns: { from: 0, count: nColumns },
    cursor: { row: 0, column: 0 },
  };
}

/** The same look at a figure that has grown by a row or a column: new ones stand last and are in sight. */
export function grownView(view: View, { nRows, nColumns }: Matrix): View {
  const grow = (order: readonly number[], n: number): number[] => [
    ...order.filter((index) => index < n),
    ...identityOrder(n).slice(order.length),
  ];
  const rowOrder = grow(view.rowOrder, nRows);
  const columnOrder = grow(view.columnOrder, nColumns);
  return {
    ...view,
    rowOrder,
    columnOrder,
    rows: { from: 0, count: nRows },
    columns: { from: 0, count: nColumns },
  };
}

/** What is drawn: values by index, with the scale that gives them colours. */
export interface Shown {
  readonly values: Float32Array;
  readonly scale: ValueScale;
  /** Beside the colour bar. */
  readonly unit: string;
}

const largestZ = 3;

/** @param locked the scale that all figures of the page share, if a person has locked one */
export function shownValues(
  figure: SimilarityFigure,
  matrix: Matrix,
  view: View,
  locked: ValueScale | null = null,
): Shown {
  const values = normalise(matrix, view.normalisation);
  if (view.normalisation !== "none") {
    const scale = { kind: "signed", min: -largestZ, max: largestZ } as const;
    return { values, scale, unit: `z in each ${view.normalisation}` };
  }
  if (locked) return { values, scale: locked, unit: "cosine, locked" };
  return { values, scale: cosineScale(figure.scale, matrix, view.scaleKind), unit: "cosine" };
}

function cosineScale(own: ValueScale, matrix: Matrix, kind: View["scaleKind"]): ValueScale {
  if (kind === "auto" || kind === own.kind) return own;
  if (kind === "signed") {
    const limit = Math.max(Math.abs(own.min), Math.abs(own.max));
    return { kind, min: -limit, max: limit };
  }
  const { min, max } = chooseScale(matrix.values.map(Math.abs));
  let low = min;
  for (const value of matrix.values) if (value < low) low = Math.floor(value * 10) / 10;
  return { kind, min: low, max };
}

/** Keeps the cursor inside and in sight. */
export function withCursor(view: View, row: number, column: number): View {
  const at = {
    row: clamp(row, 0, view.rowOrder.length - 1),
    column: clamp(column, 0, view.columnOrder.length - 1),
  };
  return {
    ...view,
    cursor: at,
    rows: inSight(view.rows, at.row),
    columns: inSight(view.columns, at.column),
  };
}

const zoomStep = 1.5;
const fewest = 4;

/** Shows fewer rows and columns (`steps` above 0) around the cursor, or more. */
export function zoomed(view: View, steps: number): View {
  const zoom = (span: Span, at: number, n: number): Span => {
    const least = Math.min(n, fewest);
    const count = clamp(Math.round(span.count / zoomStep ** steps), least, n);
    const from = clamp(Math.round(at - count / 2), 0, n - count);
    return { from, count };
  };
  return {
    ...view,
    rows: zoom(view.rows, view.cursor.row, view.rowOrder.length),
    columns: zoom(view.columns, view.cursor.column, view.columnOrder.length),
  };
}

function inSight(span: Span, at: number): Span {
  if (at < span.from) return { ...span, from: at };
  return at >= span.from + span.count ? { ...span, from: at - span.count + 1 } : span;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
