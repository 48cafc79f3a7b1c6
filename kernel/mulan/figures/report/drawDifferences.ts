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
/** Of the width, at most. */
export const nameShare = 0.42;

export interface NamedDifference {
  readonly name: string;
  readonly of: Difference;
}

/** Differences in rows on one scale, with 0 as the line that an interval must clear. */
export function drawDifferences(
  pen: Pen,
  heading: string,
  rows: readonly NamedDifference[],
  room: Room,
): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  if (rows.length === 0) return { marks: [], hits: [], height: 0 };
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const widest = Math.max(...rows.map(({ name }) => pen.measure(name, 13)));
  const nameRoom = Math.ceil(Math.min(widest + 1, width * nameShare));
  const numbersRoom = width >= 520 ? 164 : 56;
  const bottom = top + head + rows.length * pitch;
  const ends = rows.flatMap(({ of }) => [...of.interval, of.difference]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const pad = 0.08 * (high - low || 0.02);
  const track: Track = {
    low: low - pad,
    high: high + pad,
    left: left + nameRoom + 24,
    width: width - nameRoom - 24 - numbersRoom - 8,
  };
  const title = pen.fit(heading, width, tickSize);
  const marks: Mark[] = [text(left, top + 12, title, { ...quiet, color: ink.text })];
  const ticks = niceTicks(track.low, track.high, track.width < 160 ? 2 : 4);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.01);
  for (const tick of ticks) {
    const x = placeOn(track, tick);
    marks.push(line(x, top + head, x, bottom, tick === 0 ? ink.axis : ink.grid));
    marks.push(text(x, bottom + 14, formatFixed(tick, digits), { ...quiet, anchor: "middle" }));
  }
  rows.forEach(({ name, of: { measure, difference, interval } }, i) => {
    const y = top + head + (i + 0.5) * pitch;
    const clear = interval[0] > 0 || interval[1] < 0;
    // A lower rank is a better one.
    const better = measure === "medianRank" ? difference < 0 : difference > 0;
    const color = clear ? (better ? ink.right : ink.wrong) : ink.quiet;
    marks.push(text(left, y + 4.5, pen.fit(name, nameRoom, 13), { color: ink.text }));
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
  return { marks, hits: [], height: head + rows.length * pitch + foot };
}
