import type { ComparedRow, ComparisonFigure, Difference, MeasureData } from "../contractReport.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { line, type Mark, text, tickSize } from "../scene/scene.ts";
import { formatDifference, formatInterval, formatMeasure } from "./numbers.ts";
import type { Hit, Panel, Pen, Room } from "./pen.ts";
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

/** A row a model, a column a measure: dot, interval, value; quoted rows are hollow and say so. */
export function drawComparison(
  pen: Pen,
  rows: readonly ComparedRow[],
  measures: readonly MeasureData[],
  room: Room,
): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  const tag = ({ kind }: ComparedRow): string => (kind === "measured" ? "" : kind);
  const wanted = rows.map((row) => {
    const extra = tag(row);
    return pen.measure(row.id, 13) + (extra ? pen.measure(extra, tickSize) + 8 : 0);
  });
  const nameRoom = Math.ceil(Math.min(Math.max(60, ...wanted) + 1, width * 0.4));
  const forColumns = width - nameRoom;
  const nColumns = Math.max(1, Math.min(measures.length, 3, Math.floor(forColumns / narrowest)));
  const columnWidth = forColumns / nColumns - columnGap;
  const bottom = top + head + rows.length * pitch;
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const marks: Mark[] = [];
  const hits: Hit[] = [];
  rows.forEach((row, i) => {
    const y = top + head + (i + 0.5) * pitch;
    const extra = tag(row);
    const extraRoom = extra ? pen.measure(extra, tickSize) + 8 : 0;
    const name = pen.fit(row.id, nameRoom - extraRoom, 13);
    marks.push(text(left, y + 4.5, name, { color: ink.text }));
    if (extra) marks.push(text(left + pen.measure(name, 13) + 8, y + 4, extra, quiet));
    hits.push({ part: "row", index: i, x: left, y: y - pitch / 2, width, height: pitch });
  });
  measures.slice(0, nColumns).forEach((measure, column) => {
    const trackLeft = left + nameRoom + columnGap + column * (columnWidth + columnGap);
    const trackWidth = columnWidth - valueRoom - 8;
    const found = rows.map((row) => row.measures.find(({ name }) => name === measure.name));
    const track: Track = { ...rangeOf(found), left: trackLeft, width: trackWidth };
    const title = pen.fit(measure.label, columnWidth, tickSize);
    marks.push(text(trackLeft, top + 12, title, { ...quiet, color: ink.text }));
    const ticks = niceTicks(track.low, track.high, 3);
    const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.1);
    for (const tick of ticks) {
      const x = placeOn(track, tick);
      marks.push(line(x, top + head, x, bottom, ink.grid));
      const label = formatFixed(tick, digits);
      marks.push(text(x, bottom + 14, label, { ...quiet, anchor: "middle" }));
    }
    const chances = new Set(found.flatMap((each) => each?.chance ?? []));
    const [onlyChance] = chances;
    const shared = chances.size === 1 && onlyChance !== undefined;
    if (shared && onlyChance >= track.low && onlyChance <= track.high) {
      const x = placeOn(track, onlyChance);
      marks.push(line(x, top + head, x, bottom, ink.axis, 1, "3 3"));
    }
    found.forEach((each, i) => {
      const y = top + head + (i + 0.5) * pitch;
      const valueAt = trackLeft + columnWidth;
      if (!each) {
        marks.push(text(valueAt, y + 4, "–", { ...quiet, anchor: "end" }));
        return;
      }
      const { kind } = rows[i]!;
      const shape: Whisker["shape"] = shapes[kind];
      const color = kind === "measured" ? ink.strong : ink.quiet;
      const outside = each.chance !== null && (each.chance < track.low || each.chance > track.high);
      const chance = shared || outside ? null : each.chance;
      const whisker = { value: each.value, interval: each.interval, chance, shape, color };
      marks.push(...whiskerMarks(whisker, track, y, ink));
      const style = {
        anchor: "end",
        color: ink.text,
        weight: kind === "measured" ? 600 : 400,
      } as const;
      marks.push(text(valueAt, y + 4.5, formatMeasure(each.name, each.value), style));
    });
  });
  const key = keyOf(rows, measures);
  if (key === "") return { marks, hits, height: head + rows.length * pitch + foot };
  marks.push(text(left, bottom + 36, pen.fit(key, width, tickSize), quiet));
  return { marks, hits, height: head + rows.length * pitch + foot + 20 };
}

/** What the marks mean, as far as they occur. */
function keyOf(rows: readonly ComparedRow[], measures: readonly MeasureData[]): string {
  const has = (kind: ComparedRow["kind"]): boolean => rows.some((row) => row.kind === kind);
  const parts = [
    has("quoted") && "hollow: quoted from a publication, not run here",
    has("baseline") && "diamond: baseline",
    measures.some(({ chance }) => chance !== null) && "dashed: chance",
  ];
  return parts.filter(Boolean).join("; ");
}

/** A pair a row: how much the second is above the first, with 0 as the line that an interval must clear. */
export function drawDifferences(pen: Pen, all: readonly Difference[], room: Room): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  if (all.length === 0) return { marks: [], hits: [], height: 0 };
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const names = all.map(({ a, b }) => `${b} − ${a}`);
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
  const heading = pen.fit("paired differences, same items", width, tickSize);
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
