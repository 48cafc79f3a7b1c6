import type { LabelRow } from "../contractReport.ts";
import { formatCount, formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { line, type Mark, text, tickSize } from "../scene/scene.ts";
import type { Hit, Panel, Pen, Room } from "./pen.ts";
import { placeOn, type Track, whiskerMarks } from "./whisker.ts";

export type LabelMeasure = "rocAuc" | "averagePrecision";

export const labelMeasureNames = {
  rocAuc: "ROC-AUC",
  averagePrecision: "average precision",
} as const;

export interface LabelList {
  readonly measure: LabelMeasure;
  readonly pitch: number;
  readonly nItems: number;
  /** Widest label, so that lists side by side agree; default: of these rows. */
  readonly labelRoom?: number;
  readonly range?: readonly [number, number];
}

const valueRoom = 40;
const countRoom = 48;
const seenWord = "seen";
/** Px that the head of a list takes. */
export const headHeight = 20;

/** A dot with its interval a label, chance or prevalence as a tick. */
export function drawLabelRows(
  pen: Pen,
  rows: readonly LabelRow[],
  room: Room,
  list: LabelList,
): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  const { measure, pitch, nItems } = list;
  const size = pitch >= 18 ? 13 : tickSize;
  const { track, labelRoom, right } = columns(pen, rows, room, list);
  const marks: Mark[] = [];
  const hits: Hit[] = [];
  const bottom = top + rows.length * pitch;
  for (const tick of ticksOf(track)) {
    const x = placeOn(track, tick);
    marks.push(line(x, top, x, bottom, ink.grid));
  }
  if (measure === "rocAuc") {
    const x = placeOn(track, 0.5);
    marks.push(line(x, top, x, bottom, ink.axis));
  }
  rows.forEach((row, i) => {
    const y = top + (i + 0.5) * pitch;
    const seenRoom = row.seen ? pen.measure(seenWord, tickSize) + 6 : 0;
    const name = pen.fit(row.label, labelRoom - seenRoom, size);
    marks.push(text(left, y + 0.36 * size, name, { size, color: ink.text }));
    if (row.seen) {
      const x = left + pen.measure(name, size) + 6;
      marks.push(text(x, y + 4, seenWord, { size: tickSize, color: ink.wrong }));
    }
    const value = row[measure];
    if (value === null) {
      const why = row.nPositive === 0 ? "no positives" : "no negatives";
      const at = track.left + track.width;
      marks.push(
        text(at, y + 4, pen.fit(why, track.width, tickSize), {
          size: tickSize,
          color: ink.quiet,
          anchor: "end",
        }),
      );
    } else {
      const interval = measure === "rocAuc" ? row.rocAucInterval : row.averagePrecisionInterval;
      const chance = measure === "rocAuc" ? null : row.nPositive / Math.max(1, nItems);
      const whisker = { value, interval, chance, shape: "disc", color: ink.strong } as const;
      marks.push(...whiskerMarks(whisker, track, y, ink));
      const shown = { size, anchor: "end", color: ink.text } as const;
      marks.push(text(right - countRoom, y + 0.36 * size, formatFixed(value, 3), shown));
    }
    const count = { size: tickSize, anchor: "end", color: ink.quiet } as const;
    marks.push(text(right, y + 4, formatCount(row.nPositive), count));
    hits.push({ part: "row", index: i, x: left, y: y - pitch / 2, width, height: pitch });
  });
  return { marks, hits, height: rows.length * pitch };
}

/** Names of the columns and ticks of the scale, for above the rows. */
export function drawLabelHead(
  pen: Pen,
  rows: readonly LabelRow[],
  room: Room,
  list: LabelList,
): Panel {
  const { track, right } = columns(pen, rows, room, list);
  const quiet = { size: tickSize, color: pen.ink.quiet } as const;
  const y = room.top + 12;
  const ticks = ticksOf(track);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 1);
  const marks: Mark[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const tick of ticks) {
    const label = formatFixed(tick, digits);
    const x = placeOn(track, tick);
    const half = pen.measure(label, tickSize) / 2;
    if (x - half < free + 6 || x + half > right - countRoom - valueRoom + 4) continue;
    free = x + half;
    marks.push(text(x, y, label, { ...quiet, anchor: "middle" }));
  }
  marks.push(text(right, y, "n pos.", { ...quiet, anchor: "end" }));
  return { marks, hits: [], height: headHeight };
}

/** Widest of the labels, with the word "seen" where it stands, at most `most` px. */
export function labelRoomOf(
  pen: Pen,
  rows: readonly LabelRow[],
  size: number,
  most: number,
): number {
  const widths = rows.map(
    ({ label, seen }) =>
      pen.measure(label, size) + (seen ? pen.measure(seenWord, tickSize) + 6 : 0),
  );
  return Math.ceil(Math.min(most, Math.max(40, ...widths) + 1));
}

/** What all values and intervals fit into: from 0, or from where ROC-AUC begins to tell. */
export function labelRange(rows: readonly LabelRow[], measure: LabelMeasure): [number, number] {
  if (measure === "averagePrecision") {
    const high = Math.max(
      0.1,
      ...rows.map((row) => row.averagePrecisionInterval?.[1] ?? row.averagePrecision ?? 0),
    );
    return [0, Math.min(1, Math.ceil(high * 10) / 10)];
  }
  const low = Math.min(0.5, ...rows.map((row) => row.rocAucInterval?.[0] ?? row.rocAuc ?? 0.5));
  return [Math.max(0, Math.floor(low * 10 + 1e-9) / 10), 1];
}

function columns(pen: Pen, rows: readonly LabelRow[], room: Room, list: LabelList) {
  const { left, width } = room;
  const size = list.pitch >= 18 ? 13 : tickSize;
  const labelRoom = list.labelRoom ?? labelRoomOf(pen, rows, size, width * 0.42);
  const right = left + width;
  const trackLeft = left + labelRoom + 12;
  const [low, high] = list.range ?? labelRange(rows, list.measure);
  const track: Track = {
    low,
    high,
    left: trackLeft,
    width: Math.max(40, right - countRoom - valueRoom - 8 - trackLeft),
  };
  return { track, labelRoom, right };
}

function ticksOf({ low, high, width }: Track): number[] {
  return niceTicks(low, high, width < 120 ? 2 : 5);
}
