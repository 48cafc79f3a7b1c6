import type { QueryRow } from "../contractReport.ts";
import { formatCount, formatFixed } from "../scale/numbers.ts";
import { line, type Mark, text, tickSize } from "../scene/scene.ts";
import type { Panel, Pen, Room } from "./pen.ts";

export const queryPitch = 24;
const rankRoom = 56;
const precisionRoom = 52;
const gap = 12;

/** Px for the query's own words, and the track of places beside them. */
function columns({ left, width }: Room) {
  const trackWidth = Math.max(56, Math.min(200, width * 0.26));
  const right = left + width;
  const trackLeft = right - precisionRoom - rankRoom - trackWidth;
  return { textRoom: trackLeft - gap - left, trackLeft, trackWidth, right };
}

/** From the first place on the left to the last on the right, equal steps for equal factors. */
function placeAt(rank: number, nItems: number, left: number, width: number): number {
  return left + (width * Math.log(rank)) / (Math.log(Math.max(2, nItems)) || 1);
}

/** The query, where its relevant clips stand, the first of them as a dot. */
export function drawQueryRow(pen: Pen, row: QueryRow, nItems: number, room: Room): readonly Mark[] {
  const { ink } = pen;
  const { textRoom, trackLeft, trackWidth, right } = columns(room);
  const y = room.top + queryPitch / 2;
  const at = (rank: number): number => placeAt(rank, nItems, trackLeft, trackWidth);
  return [
    text(room.left, y + 4.5, pen.fit(row.query, textRoom, 13), { color: ink.text }),
    line(trackLeft, y, trackLeft + trackWidth, y, ink.grid),
    ...row.relevantRanks.map((rank) => line(at(rank), y - 5, at(rank), y + 5, ink.weak)),
    { kind: "circle", x: at(row.rank), y, radius: 4, fill: ink.strong },
    text(right - precisionRoom, y + 4.5, formatCount(row.rank), {
      anchor: "end",
      color: ink.text,
    }),
    text(right, y + 4.5, formatFixed(row.averagePrecision, 3), {
      anchor: "end",
      color: ink.text,
    }),
  ];
}

export function drawQueryHead(pen: Pen, nItems: number, room: Room): Panel {
  const { trackLeft, trackWidth, right } = columns(room);
  const quiet = { size: tickSize, color: pen.ink.quiet } as const;
  const y = room.top + 12;
  const last = formatCount(nItems);
  const marks: Mark[] = [
    text(room.left, y, "query", quiet),
    text(trackLeft, y, "1", quiet),
    text(trackLeft + trackWidth, y, last, { ...quiet, anchor: "end" }),
    text(right - precisionRoom, y, "place", { ...quiet, anchor: "end" }),
    text(right, y, "AP", { ...quiet, anchor: "end" }),
  ];
  return { marks, hits: [], height: 20 };
}

const stripHeight = 24;

/** Where the relevant clips of one query stand among all, on a log axis. */
export function drawPlaces(pen: Pen, row: QueryRow, nItems: number, room: Room): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const shown = row.relevantRanks.length;
  const rest = row.nRelevant > shown ? `, the first ${formatCount(shown)} drawn` : "";
  const head = `places of ${formatCount(row.nRelevant)} relevant among ${formatCount(nItems)}${rest}`;
  const base = top + 20 + stripHeight;
  const at = (rank: number): number => placeAt(rank, nItems, left, width);
  const marks: Mark[] = [
    text(left, top + 10, pen.fit(head, width, tickSize), quiet),
    line(left, base, left + width, base, ink.axis),
  ];
  for (const rank of row.relevantRanks) {
    marks.push(line(at(rank), top + 20, at(rank), base, ink.strong, 2));
  }
  let free = Number.NEGATIVE_INFINITY;
  const ticks = [1, 10, 100, 1000, 10_000, 100_000].filter((tick) => tick <= nItems);
  for (const tick of ticks) {
    const label = formatCount(tick);
    const half = pen.measure(label, tickSize) / 2;
    const x = Math.min(left + width - half, Math.max(left + half, at(tick)));
    if (x - half < free + 6) continue;
    free = x + half;
    marks.push(text(x, base + 15, label, { ...quiet, anchor: "middle" }));
  }
  return { marks, hits: [], height: 20 + stripHeight + 24 };
}
