import type { ComparisonFigure } from "../contractReport.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { line, type Mark, text, tickSize } from "../scene/scene.ts";
import { formatDifference } from "./numbers.ts";
import type { Panel, Pen, Room } from "./pen.ts";
import { placeOn, type Track } from "./whisker.ts";

type Table = NonNullable<ComparisonFigure["perLabel"]>;

const pitch = 20;
const head = 24;
const mostRows = 12;
const valueRoom = 56;

/** The labels in which two models differ most: the other's ring, the own disc, and how far apart they are. */
export function drawLabelDifferences(
  pen: Pen,
  { labels, models }: Table,
  own: number,
  other: number,
  measure: "rocAuc" | "averagePrecision",
  room: Room,
): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  const a = models[own]![measure];
  const b = models[other]![measure];
  const rows = labels
    .flatMap((label, i) => {
      const [mine, theirs] = [a[i], b[i]];
      if (typeof mine !== "number" || typeof theirs !== "number") return [];
      return [{ label, mine, theirs, difference: mine - theirs }];
    })
    .sort((x, y) => Math.abs(y.difference) - Math.abs(x.difference))
    .slice(0, mostRows)
    .sort((x, y) => y.difference - x.difference);
  if (rows.length === 0) return { marks: [], hits: [], height: 0 };
  const labelRoom = Math.ceil(
    Math.min(width * 0.4, Math.max(...rows.map(({ label }) => pen.measure(label, 13))) + 1),
  );
  const values = rows.flatMap(({ mine, theirs }) => [mine, theirs]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = 0.05 * (high - low || 0.1);
  const track: Track = {
    low: Math.max(0, low - pad),
    high: Math.min(1, high + pad),
    left: left + labelRoom + 12,
    width: Math.max(40, width - labelRoom - 12 - valueRoom),
  };
  const name = measure === "rocAuc" ? "ROC-AUC" : "average precision";
  const heading = `${name} by label, furthest from ${models[other]!.id} (ring)`;
  const marks: Mark[] = [
    text(left, top + 12, pen.fit(heading, width, tickSize), { size: tickSize, color: ink.quiet }),
  ];
  const bottom = top + head + rows.length * pitch;
  const ticks = niceTicks(track.low, track.high, track.width < 160 ? 2 : 5);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.1);
  for (const tick of ticks) {
    const x = placeOn(track, tick);
    const style = { size: tickSize, color: ink.quiet, anchor: "middle" } as const;
    marks.push(line(x, top + head, x, bottom, ink.grid));
    marks.push(text(x, bottom + 14, formatFixed(tick, digits), style));
  }
  rows.forEach(({ label, mine, theirs, difference }, i) => {
    const y = top + head + (i + 0.5) * pitch;
    const color = difference > 0 ? ink.right : ink.wrong;
    marks.push(text(left, y + 4.5, pen.fit(label, labelRoom, 13), { color: ink.text }));
    marks.push(line(placeOn(track, theirs), y, placeOn(track, mine), y, color, 2));
    const ring = { kind: "circle", y, radius: 4, fill: ink.ground, stroke: color } as const;
    marks.push({ ...ring, x: placeOn(track, theirs) });
    marks.push({ kind: "circle", x: placeOn(track, mine), y, radius: 4, fill: color });
    const value = formatDifference(measure, difference);
    marks.push(text(left + width, y + 4.5, value, { anchor: "end", color }));
  });
  return { marks, hits: [], height: head + rows.length * pitch + 20 };
}
