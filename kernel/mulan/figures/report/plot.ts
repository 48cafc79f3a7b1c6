import { line, type Mark, text, tickSize } from "../scene/scene.ts";
import type { Pen, Room } from "./pen.ts";

/** One axis of a small plot: where values stand between 0 and 1 of its length, and its ticks. */
export interface Axis {
  readonly name: string;
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** A plot with its frame drawn, and where things go inside. */
export interface Plot {
  readonly marks: Mark[];
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** With title, ticks and axis names. */
  readonly totalHeight: number;
}

const titleRoom = 24;
const leastTickRoom = 36;
const footRoom = 36;

export interface PlotOptions {
  readonly title: string;
  /** Behind the title, quieter. */
  readonly note?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly height: number;
}

/** Title and note above, ticks left and below, axis names at the ends: no box. */
export function drawPlot(pen: Pen, room: Room, options: PlotOptions): Plot {
  const { ink } = pen;
  const widest = Math.max(...options.y.ticks.map(({ label }) => pen.measure(label, tickSize)));
  const besideY = Math.max(leastTickRoom, widest + 12);
  const left = room.left + besideY;
  const top = room.top + titleRoom;
  const width = room.width - besideY - 8;
  const { height } = options;
  const x = (value: number): number => left + width * options.x.place(value);
  const y = (value: number): number => top + height * (1 - options.y.place(value));
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const title = pen.fit(options.title, room.width, 13, 600);
  const marks: Mark[] = [text(room.left, room.top + 13, title, { weight: 600, color: ink.text })];
  const used = pen.measure(title, 13, 600) + 8;
  if (options.note && room.width - used > 24) {
    const note = pen.fit(options.note, room.width - used, tickSize);
    marks.push(text(room.left + used, room.top + 13, note, quiet));
  }
  for (const tick of options.y.ticks) {
    marks.push(line(left, y(tick.value), left + width, y(tick.value), ink.grid));
    marks.push(text(left - 10, y(tick.value) + 4, tick.label, { ...quiet, anchor: "end" }));
  }
  let free = Number.NEGATIVE_INFINITY;
  for (const tick of options.x.ticks) {
    const at = x(tick.value);
    const half = pen.measure(tick.label, tickSize) / 2;
    marks.push(line(at, top + height, at, top + height + 4, ink.axis));
    if (at - half < free + 6 || at + half > room.left + room.width + 6) continue;
    free = at + half;
    marks.push(text(at, top + height + 15, tick.label, { ...quiet, anchor: "middle" }));
  }
  marks.push(line(left, top + height, left + width, top + height, ink.axis));
  const name = pen.fit(`${options.y.name} by ${options.x.name}`, room.width, tickSize);
  marks.push(text(room.left, top + height + 31, name, quiet));
  return { marks, x, y, left, top, width, height, totalHeight: titleRoom + height + footRoom };
}

/** From 0 to 1 with ticks at the ends and in the middle. */
export function unitAxis(name: string): Axis {
  const ticks = [0, 0.5, 1].map((value) => ({ value, label: String(value) }));
  return { name, place: (value) => value, ticks };
}

/** Equal steps for equal factors, ticks at the given values. */
export function logAxis(
  name: string,
  low: number,
  high: number,
  ticks: readonly { readonly value: number; readonly label: string }[],
): Axis {
  const span = Math.log(high / low) || 1;
  return { name, place: (value) => Math.log(value / low) / span, ticks };
}

/** An SVG path through points in px. */
export function pathThrough(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}

export function stroke(d: string, color: string, width = 2): Mark {
  return { kind: "path", d, fill: "none", stroke: color, width };
}
