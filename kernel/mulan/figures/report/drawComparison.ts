import type { ComparedRow, ComparisonFigure, Difference, MeasureData } from "../contractReport.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { line, type Mark, moved, text, tickSize } from "../scene/scene.ts";
import { formatDifference, formatInterval, formatMeasure } from "./numbers.ts";
import type { Panel, Pen, Room } from "./pen.ts";
import { placeOn, type Track, type Whisker, whiskerMarks } from "./whisker.ts";

const pitch = 26;
const head = 24;
const foot = 20;
const columnGap = 24;
const valueRoom = 48;
const narrowest = 190;

const shapes = { measured: "disc", baseline: "diamond", quoted: "ring" } as const;

/** All measures that any row has, in the order of their first row. */
export function comparedMeasures({ rows }: Pick<ComparisonFigure, "rows">): MeasureData[] {
  const found = new Map<string, MeasureData>();
  for (const { measures } of rows) {
    for (const measure of measures) if (!found.has(measure.name)) found.set(measure.name, measure);
  }
  return [...found.values()];
}

/** The rows of a comparison in one width: what stands above and below them, and each of them from y = `top`. */
export interface ComparisonTable {
  readonly head: Panel;
  readonly foot: Panel;
  readonly pitch: number;
  row(index: number, top: number): readonly Mark[];
}

/** A row a model, a column a measure: dot, interval, value; quoted rows are hollow and say so. */
export function drawComparison(
  pen: Pen,
  rows: readonly ComparedRow[],
  measures: readonly MeasureData[],
  room: Room,
): Panel {
  const table = layComparison(pen, rows, measures, room);
  const below = room.top + head + rows.length * pitch;
  const bodies = rows.flatMap((_, i) => table.row(i, room.top + head + i * pitch));
  const foot = table.foot.marks.map((mark) => moved(mark, 0, below));
  return {
    marks: [...table.head.marks, ...bodies, ...foot],
    hits: [],
    height: head + rows.length * pitch + table.foot.height,
  };
}

/** @param room its top is that of the head; the foot is drawn from 0 */
export function layComparison(
  pen: Pen,
  rows: readonly ComparedRow[],
  measures: readonly MeasureData[],
  room: Room,
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
  const key = keyOf(rows, measures);
  if (key !== "") footMarks.push(text(left, 36, pen.fit(key, width, tickSize), quiet));
  return {
    head: { marks: headMarks, hits: [], height: head },
    foot: { marks: footMarks, hits: [], height: foot + (key === "" ? 0 : 20) },
    pitch,
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

/**
 * A pair a row: how much the second is above the first, with 0 as the line that an interval must clear.
 * @param own the second of all of them: rows then name only the first
 */
export function drawDifferences(
  pen: Pen,
  all: readonly Difference[],
  room: Room,
  own?: string,
): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  if (all.length === 0) return { marks: [], hits: [], height: 0 };
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const names = all.map(({ a, b }) => (own === undefined ? `${b} − ${a}` : `− ${a}`));
  const widest = Math.max(...names.map((name) => pen.measure(name, 13)));
  const nameRoom = Math.ceil(Math.min(widest + 1, width * 0.42));
  const numbersRoom = width >= 520 ? 164 : 56;
  const bottom = top + head + all.length * pitch;
  const ends = all.flatMap(({ interval, difference }) => [...interval, difference]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const pad = 0.08 * (high - low || 0.02);
  const track: Track = {
    low: low - pad,
    high: high + pad,
    left: left + nameRoom + 24,
    width: width - nameRoom - 24 - numbersRoom - 8,
  };
  const heading = pen.fit(
    own === undefined ? "paired differences, same items" : `${own} minus the others, same items`,
    width,
    tickSize,
  );
  const marks: Mark[] = [text(left, top + 12, heading, { ...quiet, color: ink.text })];
  const ticks = niceTicks(track.low, track.high, track.width < 160 ? 2 : 4);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.01);
  for (const tick of ticks) {
    const x = placeOn(track, tick);
    marks.push(line(x, top + head, x, bottom, tick === 0 ? ink.axis : ink.grid));
    marks.push(text(x, bottom + 14, formatFixed(tick, digits), { ...quiet, anchor: "middle" }));
  }
  all.forEach(({ measure, difference, interval }, i) => {
    const y = top + head + (i + 0.5) * pitch;
    const clear = interval[0] > 0 || interval[1] < 0;
    const color = clear ? (difference > 0 ? ink.right : ink.wrong) : ink.quiet;
    marks.push(text(left, y + 4.5, pen.fit(names[i]!, nameRoom, 13), { color: ink.text }));
    const whisker = { value: difference, interval, chance: null, shape: "disc", color } as const;
    marks.push(...whiskerMarks(whisker, track, y, ink));
    const valueAt = track.left + track.width + 8 + 48;
    const style = { anchor: "end", color: ink.text, weight: clear ? 600 : 400 } as const;
    marks.push(text(valueAt, y + 4.5, formatDifference(measure, difference), style));
    if (numbersRoom > 100) {
      const between = formatInterval(measure, interval).replace("–", " to ");
      marks.push(text(left + width, y + 4, between, { ...quiet, anchor: "end" }));
    }
  });
  return { marks, hits: [], height: head + all.length * pitch + foot };
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
