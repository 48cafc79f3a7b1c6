import type { MeasureText } from "../shared/look/middleCut.ts";
import { middleCut } from "../shared/look/middleCut.ts";

/** Sizes of a heatmap and the places of its labels, in px from the drawing's corner. */
export interface HeatmapLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly rowLabels: readonly PlacedLabel[];
  readonly columnLabels: readonly PlacedLabel[];
  /** Degrees that column labels are turned by. */
  readonly columnTurn: 0 | -45 | -90;
  readonly bar: { readonly x: number; readonly y: number; readonly height: number };
  /** Values fit into the cells. */
  readonly written: boolean;
}

export interface PlacedLabel {
  /** Position among the shown rows or columns. */
  readonly position: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface LayoutInput {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly widthPx: number;
  readonly measure: MeasureText;
}

export const labelSize = 13;
export const barWidth = 12;
const gap = 8;
/** For the sign of a clip that is selected or plays. */
const markRoom = 16;
const barRoom = 12 + barWidth + 4 + 40;
/** Closest distance of labels, from line to line. */
const labelPitch = 16;
const maxCell = { width: 64, height: 28 };
const maxGridHeight = 560;
const maxFlatLabel = 160;
/** A label whose clip is selected or plays is bold and has its sign: room for that is kept, so that nothing moves. */
const boldWider = 1.16;
const maxColumnLabel = 132;
/** Of a turned label's length, what a level one has to show. */
const levelShare = 0.85;
const writtenCell = { width: 34, height: 18 };

export function layoutHeatmap({ rows, columns, widthPx, measure }: LayoutInput): HeatmapLayout {
  const widestRow = widest(rows, measure);
  const rowRoom =
    Math.ceil(Math.min(widestRow + markRoom, Math.max(72, Math.min(widthPx * 0.32, 240)))) + gap;
  const gridRoom = Math.max(80, widthPx - rowRoom - barRoom);
  // Few columns grow until their labels fit beneath them.
  const roomy = Math.min(maxFlatLabel, flatRoom(columns, measure));
  const cellWidth = Math.min(
    Math.max(maxCell.width, roomy),
    gridRoom / Math.max(1, columns.length),
  );
  const cellHeight = Math.min(maxCell.height, maxGridHeight / Math.max(1, rows.length));
  const gridWidth = cellWidth * columns.length;
  const gridHeight = cellHeight * rows.length;
  const { labels, turn, extent } = columnAxis(columns, rowRoom, gridHeight, cellWidth, measure);
  return {
    width: widthPx,
    height: Math.ceil(Math.max(gridHeight + extent, 100) / 4) * 4,
    left: rowRoom,
    top: 0,
    cellWidth,
    cellHeight,
    rowLabels: rowAxis(rows, rowRoom, cellHeight, measure),
    columnLabels: labels,
    columnTurn: turn,
    bar: { x: rowRoom + gridWidth + 12, y: 0, height: Math.max(80, Math.min(gridHeight, 200)) },
    written: cellWidth >= writtenCell.width && cellHeight >= writtenCell.height,
  };
}

/** All labels, or every n-th where lines would touch, or numbers where that leaves out too many. */
function rowAxis(
  rows: readonly string[],
  room: number,
  pitch: number,
  measure: MeasureText,
): PlacedLabel[] {
  const { step, numbered } = thinning(rows.length, pitch);
  return everyNth(rows, step).map(({ label, position }) => ({
    position,
    x: room - gap,
    y: (position + 0.5) * pitch,
    text: numbered
      ? String(position + 1)
      : middleCut(label, room - gap - markRoom, labelSize, measure),
  }));
}

interface ColumnAxis {
  readonly labels: readonly PlacedLabel[];
  readonly turn: HeatmapLayout["columnTurn"];
  /** Px below the grid. */
  readonly extent: number;
}

function columnAxis(
  columns: readonly string[],
  left: number,
  bottom: number,
  pitch: number,
  measure: MeasureText,
): ColumnAxis {
  const longest = widest(columns, measure);
  const place = (step: number, y: number, text: (label: string, position: number) => string) =>
    everyNth(columns, step).map(({ label, position }) => ({
      position,
      x: left + (position + 0.5) * pitch,
      y,
      text: text(label, position),
    }));
  const limit = Math.min(longest, maxColumnLabel);
  // Level text is read at once: it may lose a little more of its middle than turned text would.
  const level = (pitch - markRoom - gap / 2) / boldWider;
  if (level >= levelShare * limit) {
    const fit = (label: string): string => middleCut(label, level, labelSize, measure);
    return { labels: place(1, bottom + 18, fit), turn: 0, extent: 24 };
  }
  const { step, numbered } = thinning(columns.length, pitch);
  if (numbered) {
    const wide = measure(String(columns.length), 11) + gap;
    const every = niceStep(wide / pitch);
    return { labels: place(every, bottom + 16, (_, i) => String(i + 1)), turn: 0, extent: 24 };
  }
  // Slanted labels reach to the left of the first column: only as far as the row labels' room.
  const slanted = pitch >= 20 && limit * Math.SQRT1_2 <= left + pitch / 2;
  const cut = (label: string): string => middleCut(label, maxColumnLabel, labelSize, measure);
  return {
    labels: place(step, bottom + gap, cut),
    turn: slanted ? -45 : -90,
    extent: gap + 8 + (slanted ? (limit + labelSize) * Math.SQRT1_2 : limit),
  };
}

/** Up to every fourth label is still an axis of names. */
function thinning(n: number, pitch: number): { readonly step: number; readonly numbered: boolean } {
  const needed = Math.ceil(labelPitch / pitch - 1e-9);
  if (n < 2 || needed <= 1) return { step: 1, numbered: false };
  return needed <= 4
    ? { step: needed, numbered: false }
    : { step: niceStep(needed), numbered: true };
}

/** 1, 2, 5, 10, 20, 50 … not below the wanted step. */
function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, wanted)));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= wanted) ?? 10);
}

function everyNth(labels: readonly string[], step: number) {
  return labels
    .map((label, position) => ({ label, position }))
    .filter(({ position }) => (step > 4 ? (position + 1) % step === 0 : position % step === 0));
}

function flatRoom(labels: readonly string[], measure: MeasureText): number {
  return boldWider * widest(labels, measure) + markRoom + gap / 2;
}

function widest(labels: readonly string[], measure: MeasureText): number {
  let most = 0;
  for (const label of labels) most = Math.max(most, measure(label, labelSize));
  return most;
}
