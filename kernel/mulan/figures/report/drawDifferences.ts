import type { Difference } from "../contractReport.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { line, type Mark, text, tickSize } from "../scene/scene.ts";
import { formatDifference, formatInterval } from "./numbers.ts";
import type { Panel, Pen, Room } from "./pen.ts";
import { placeOn, type Track, whiskerMarks } from "./whisker.ts";

const pitch = 26;
const head = 24;
const foot = 20;
const nameShare = 0.42;
const nameGap = 24;

export interface NamedDifference {
  readonly name: string;
  readonly of: Difference;
}

/** Differences in rows on one scale, with 0 as the line that an interval must clear; their intervals in numbers where there is room. */
export function drawDifferences(
  pen: Pen,
  heading: string,
  rows: readonly NamedDifference[],
  room: Room,
): Panel {
  const { left, top, width } = room;
  if (rows.length === 0) return { marks: [], hits: [], height: 0 };
  const widest = Math.max(...rows.map(({ name }) => pen.measure(name, 13)));
  const nameRoom = Math.ceil(Math.min(widest + 1, width * nameShare));
  const names = drawNames(pen, rows, { left, top, width: nameRoom });
  const beside = { left: left + nameRoom + nameGap, top, width: width - nameRoom - nameGap };
  const all = rows.map(({ of }) => of);
  const column = drawDifferenceColumn(pen, all, beside, width >= 520);
  const style = { size: tickSize, color: pen.ink.text } as const;
  const title = text(left, top + 12, pen.fit(heading, width, tickSize), style);
  return { marks: [title, ...names, ...column.marks], hits: [], height: column.height };
}

/** Names of rows as `drawDifferenceColumn` draws them. */
export function drawNames(
  pen: Pen,
  rows: readonly Pick<NamedDifference, "name">[],
  { left, top, width }: Room,
): Mark[] {
  return rows.map(({ name }, i) => {
    const y = top + head + (i + 0.5) * pitch + 4.5;
    return text(left, y, pen.fit(name, width, 13), { color: pen.ink.text });
  });
}

/**
 * Whiskers and values alone; what stands above them and at their left is the caller's.
 * @param rows undefined where a pair has no such difference
 */
export function drawDifferenceColumn(
  pen: Pen,
  rows: readonly (Difference | undefined)[],
  { left, top, width }: Room,
  withIntervals: boolean,
): Panel {
  const { ink } = pen;
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const bottom = top + head + rows.length * pitch;
  const ends = rows.flatMap((row) => (row ? [...row.interval, row.difference] : []));
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const pad = 0.08 * (high - low || 0.02);
  const numbersRoom = withIntervals ? 164 : 56;
  const track: Track = { low: low - pad, high: high + pad, left, width: width - numbersRoom - 8 };
  const marks: Mark[] = [];
  const ticks = niceTicks(track.low, track.high, track.width < 160 ? 2 : 4);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.01);
  for (const tick of ticks) {
    const x = placeOn(track, tick);
    marks.push(line(x, top + head, x, bottom, tick === 0 ? ink.axis : ink.grid));
    marks.push(text(x, bottom + 14, formatFixed(tick, digits), { ...quiet, anchor: "middle" }));
  }
  rows.forEach((row, i) => {
    const y = top + head + (i + 0.5) * pitch;
    const valueAt = track.left + track.width + 8 + 48;
    if (!row) {
      marks.push(text(valueAt, y + 4, "–", { ...quiet, anchor: "end" }));
      return;
    }
    const { measure, difference, interval } = row;
    const clear = interval[0] > 0 || interval[1] < 0;
    // A lower rank is a better one.
    const better = measure === "medianRank" ? difference < 0 : difference > 0;
    const color = clear ? (better ? ink.right : ink.wrong) : ink.quiet;
    const whisker = { value: difference, interval, chance: null, shape: "disc", color } as const;
    marks.push(...whiskerMarks(whisker, track, y, ink));
    const style = { anchor: "end", color: ink.text, weight: clear ? 600 : 400 } as const;
    marks.push(text(valueAt, y + 4.5, formatDifference(measure, difference), style));
    if (withIntervals) {
      const between = formatInterval(measure, interval).replace("–", " to ");
      marks.push(text(left + width, y + 4, between, { ...quiet, anchor: "end" }));
    }
  });
  return { marks, hits: [], height: head + rows.length * pitch + foot };
}
