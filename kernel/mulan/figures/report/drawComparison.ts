import type { ComparedRow, ComparisonFigure, MeasureData } from "../contractReport.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { line, type Mark, moved, text, tickSize } from "../scene/scene.ts";
import { formatMeasure } from "./numbers.ts";
import type { Panel, Pen, Room } from "./pen.ts";
import { placeOn, type Track, type Whisker, whiskerMarks } from "./whisker.ts";

const pitch = 26;
const head = 24;
const foot = 20;
const columnGap = 24;
const valueRoom = 48;
const narrowest = 190;
const tableGap = 8;

const shapes = { measured: "disc", baseline: "diamond", quoted: "ring" } as const;

/** All measures that any row has, in the order of their first row. */
export function comparedMeasures({ rows }: Pick<ComparisonFigure, "rows">): MeasureData[] {
  const found = new Map<string, MeasureData>();
  for (const { measures } of rows) {
    for (const measure of measures) if (!found.has(measure.name)) found.set(measure.name, measure);
  }
  return [...found.values()];
}

/** Beyond these only the first table is drawn: the measures of so many rows would fill pages. */
const mostRowsOfAll = 16;

/** The rows of a comparison in one width: what stands above and below them, and each of them from y = `top`. */
export interface ComparisonTable {
  readonly head: Panel;
  readonly foot: Panel;
  readonly pitch: number;
  /** How many of the measures there is room for. */
  readonly nColumns: number;
  row(index: number, top: number): readonly Mark[];
}

/**
 * A row a model, a column a measure: dot, interval, value; quoted rows are hollow and say so. Measures that find no room
 * beside the others stand in further tables below.
 */
export function drawComparison(
  pen: Pen,
  rows: readonly ComparedRow[],
  measures: readonly MeasureData[],
  room: Room,
): Panel {
  const marks: Mark[] = [];
  let top = room.top;
  let rest = measures;
  do {
    const shown = evenly(pen, rows, rest, room);
    const isLast = shown.length === rest.length || rows.length > mostRowsOfAll;
    const isFirst = rest === measures;
    // Below the first table a row without a figure would say nothing.
    const told = isFirst ? rows : rows.filter((row) => hasOneOf(row, shown));
    const key = isLast ? keyOf(rows, measures) : "";
    const table = layComparison(pen, told, shown, { ...room, top }, key);
    const below = top + head + told.length * pitch;
    marks.push(...table.head.marks);
    marks.push(...told.flatMap((_, i) => table.row(i, top + head + i * pitch)));
    marks.push(...table.foot.marks.map((mark) => moved(mark, 0, below)));
    top = below + table.foot.height + (isLast ? 0 : tableGap);
    rest = isLast ? [] : rest.slice(shown.length);
  } while (rest.length > 0);
  return { marks, hits: [], height: top - room.top };
}

function hasOneOf(row: ComparedRow, measures: readonly MeasureData[]): boolean {
  return row.measures.some(({ name }) => measures.some((measure) => measure.name === name));
}

/** Four measures in two tables of two, not of three and one. */
function evenly(
  pen: Pen,
  rows: readonly ComparedRow[],
  measures: readonly MeasureData[],
  room: Room,
): readonly MeasureData[] {
  const { nColumns } = layComparison(pen, rows, measures, room);
  const nTables = Math.ceil(measures.length / Math.max(1, nColumns));
  return nTables > 1 ? measures.slice(0, Math.ceil(measures.length / nTables)) : measures;
}

/**
 * @param room its top is that of the head; the foot is drawn from 0
 * @param key what the marks mean, below the foot
 */
export function layComparison(
  pen: Pen,
  rows: readonly ComparedRow[],
  measures: readonly MeasureData[],
  room: Room,
  key = keyOf(rows, measures),
): ComparisonTable {
  const { ink } = pen;
  const { left, top, width } = room;
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const tag = ({ kind }: ComparedRow): string => (kind === "measured" ? "" : kind);
  const tagRoom = (row: ComparedRow): number =>
    tag(row) === "" ? 0 : pen.measure(tag(row), tickSize) + 8;
  const wanted = rows.map((row) => pen.measure(row.id, 13) + tagRoom(row));
  const nameRoom = Math.ceil(Math.min(Math.max(60, ...wanted) + 1, width * 0.4));
  const forColumns = width - nameRoom;
  const nColumns = Math.max(1, Math.min(measures.length, 3, Math.floor(forColumns / narrowest)));
  const columnWidth = forColumns / nColumns - columnGap;
  const columns = measures.slice(0, nColumns).map((measure, i) => {
    const found = rows.map((row) => row.measures.find(({ name }) => name === measure.name));
    const trackLeft = left + nameRoom + columnGap + i * (columnWidth + columnGap);
    const track: Track = {
      ...rangeOf(found),
      left: trackLeft,
      width: columnWidth - valueRoom - 8,
    };
    const chances = new Set(found.flatMap((each) => each?.chance ?? []));
    const [only] = chances;
    const inside = only !== undefined && only >= track.low && only <= track.high;
    const ticks = niceTicks(track.low, track.high, 3);
    return { measure, found, track, ticks, chance: chances.size === 1 && inside ? only : null };
  });
  const headMarks = columns.map(({ measure, track }) =>
    text(track.left, top + 12, pen.fit(measure.label, columnWidth, tickSize), {
      size: tickSize,
      color: ink.text,
    }),
  );
  const footMarks: Mark[] = columns.flatMap(({ track, ticks }) => {
    const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.1);
    return ticks.map((tick) =>
      text(placeOn(track, tick), 14, formatFixed(tick, digits), { ...quiet, anchor: "middle" }),
    );
  });
  if (key !== "") footMarks.push(text(left, 36, pen.fit(key, width, tickSize), quiet));
  return {
    head: { marks: headMarks, hits: [], height: head },
    foot: { marks: footMarks, hits: [], height: foot + (key === "" ? 0 : 20) },
    pitch,
    nColumns: columns.length,
    row(index, rowTop) {
      const row = rows[index]!;
      const y = rowTop + pitch / 2;
      const name = pen.fit(row.id, nameRoom - tagRoom(row), 13);
      const marks: Mark[] = [text(left, y + 4.5, name, { color: ink.text })];
      if (tag(row) !== "") {
        marks.push(text(left + pen.measure(name, 13) + 8, y + 4, tag(row), quiet));
      }
      for (const { found, track, ticks, chance } of columns) {
        for (const tick of ticks) {
          const x = placeOn(track, tick);
          marks.push(line(x, rowTop, x, rowTop + pitch, ink.grid));
        }
        if (chance !== null) {
          const x = placeOn(track, chance);
          marks.push(line(x, rowTop, x, rowTop + pitch, ink.axis, 1, "3 3"));
        }
        marks.push(...drawValue(pen, row, found[index], track, chance !== null, y));
      }
      return marks;
    },
  };
}

function drawValue(
  { ink }: Pen,
  { kind }: ComparedRow,
  measure: MeasureData | undefined,
  track: Track,
  chanceIsDrawn: boolean,
  y: number,
): Mark[] {
  const valueAt = track.left + track.width + valueRoom + 8;
  if (!measure) {
    return [text(valueAt, y + 4, "–", { size: tickSize, color: ink.quiet, anchor: "end" })];
  }
  const { value, interval } = measure;
  const shape: Whisker["shape"] = shapes[kind];
  const color = kind === "measured" ? ink.strong : ink.quiet;
  const chance = chanceIsDrawn ? null : measure.chance;
  const weight = kind === "measured" ? 600 : 400;
  return [
    ...whiskerMarks({ value, interval, chance, shape, color }, track, y, ink),
    text(valueAt, y + 4.5, formatMeasure(measure.name, value), {
      anchor: "end",
      color: ink.text,
      weight,
    }),
  ];
}

/** What the marks mean, as far as they occur. */
function keyOf(rows: readonly ComparedRow[], measures: readonly MeasureData[]): string {
  const has = (kind: ComparedRow["kind"]): boolean => rows.some((row) => row.kind === kind);
  const parts = [
    has("quoted") && "hollow: quoted, not run here",
    has("baseline") && "diamond: baseline",
    measures.some(({ chance }) => chance !== null) && "dashed: chance",
  ];
  return parts.filter(Boolean).join("; ");
}

function rangeOf(found: readonly (MeasureData | undefined)[]): { low: number; high: number } {
  const ends = found.flatMap((each) =>
    each
      ? [each.value, ...(each.interval ?? []), ...(each.chance === null ? [] : [each.chance])]
      : [],
  );
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  if (!Number.isFinite(low)) return { low: 0, high: 1 };
  const pad = 0.06 * (high - low || 0.1);
  return { low: Math.max(0, low - pad), high: high > 1 ? high + pad : Math.min(1, high + pad) };
}
