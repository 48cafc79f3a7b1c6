import type { MeasureData } from "../contractReport.ts";
import { formatCount } from "../scale/numbers.ts";
import { line, type Mark, text, tickSize } from "../scene/scene.ts";
import { formatInterval, formatMeasure } from "./numbers.ts";
import type { Panel, Pen, Room } from "./pen.ts";
import { placeOn, type Track, type Whisker, whiskerMarks } from "./whisker.ts";

/** A measure under the name that its row has. */
export interface MeasureRow {
  readonly name: string;
  readonly measure: MeasureData;
  readonly shape?: Whisker["shape"];
}

const pitch = 24;
const foot = 20;
/** Room of "0.771–0.793" and of "n = 20 000". */
const intervalFrom = 480;
const countFrom = 620;

/** The headline: one row a measure, on one scale from 0 to 1; ranks have no scale and stand in words. */
export function drawMeasures(pen: Pen, rows: readonly MeasureRow[], room: Room): Panel {
  if (rows.length === 0) return { marks: [], hits: [], height: 0 };
  const { left, top, width } = room;
  const { ink } = pen;
  const names = rows.map(({ name }) => pen.measure(name, 13));
  const nameRoom = Math.ceil(Math.min(Math.max(...names), width * 0.36));
  const intervalRoom = width >= intervalFrom ? 100 : 0;
  const countRoom = width >= countFrom ? 84 : 0;
  const valueRoom = 52;
  const trackLeft = left + nameRoom + 16;
  const trackWidth = Math.max(
    60,
    width - nameRoom - 16 - 12 - valueRoom - intervalRoom - countRoom,
  );
  const track: Track = { low: 0, high: 1, left: trackLeft, width: trackWidth };
  const valueRight = trackLeft + trackWidth + 8 + valueRoom;
  const bottom = top + rows.length * pitch;
  const marks: Mark[] = [0, 0.25, 0.5, 0.75, 1].map((tick) =>
    line(placeOn(track, tick), top, placeOn(track, tick), bottom, ink.grid),
  );
  const quiet = { size: tickSize, color: ink.quiet } as const;
  rows.forEach(({ name, measure, shape = "disc" }, i) => {
    const y = top + (i + 0.5) * pitch;
    marks.push(text(left, y + 4.5, pen.fit(name, nameRoom, 13), { color: ink.text }));
    if (measure.name === "medianRank") {
      // Ranks run from 1 to the number of items, the best first: a track from 0 to 1 has no place for them.
      const note =
        measure.chance === null ? "" : `chance ${formatMeasure(measure.name, measure.chance)}`;
      marks.push(...patch(pen, note, trackLeft, y, trackWidth));
    } else {
      const color = shape === "disc" ? ink.strong : ink.quiet;
      marks.push(...whiskerMarks({ ...measure, shape, color }, track, y, ink));
    }
    const value = formatMeasure(measure.name, measure.value);
    marks.push(text(valueRight, y + 4.5, value, { anchor: "end", weight: 600, color: ink.text }));
    const hasSpread = measure.interval && measure.interval[0] < measure.interval[1];
    if (intervalRoom > 0 && measure.interval && hasSpread) {
      marks.push(
        text(valueRight + 12, y + 4, formatInterval(measure.name, measure.interval), quiet),
      );
    }
    if (countRoom > 0) {
      const count = `n = ${formatCount(measure.n)}`;
      marks.push(text(left + width, y + 4, count, { ...quiet, anchor: "end" }));
    }
  });
  for (const tick of [0, 0.5, 1]) {
    const style = { ...quiet, anchor: "middle" } as const;
    marks.push(text(placeOn(track, tick), bottom + 14, tick === 0.5 ? "0.5" : String(tick), style));
  }
  if (intervalRoom > 0) marks.push(text(valueRight + 12, bottom + 14, "95 % interval", quiet));
  const anyChance = rows.some(({ measure }) => measure.chance !== null);
  if (anyChance && nameRoom > 90) {
    marks.push(line(left + 1, bottom + 4, left + 1, bottom + 16, ink.axis, 2));
    marks.push(text(left + 8, bottom + 14, "chance", quiet));
  }
  return { marks, hits: [], height: rows.length * pitch + foot };
}

/** A word on the track that its grid does not run through. */
function patch(pen: Pen, note: string, x: number, y: number, width: number): Mark[] {
  if (note === "") return [];
  const shown = pen.fit(note, width, tickSize);
  return [
    {
      kind: "rect",
      x: x - 1,
      y: y - 9,
      width: pen.measure(shown, tickSize) + 6,
      height: 18,
      fill: pen.ink.ground,
    },
    text(x, y + 4, shown, { size: tickSize, color: pen.ink.quiet }),
  ];
}
