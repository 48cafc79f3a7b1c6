import { line, type Mark } from "../scene/scene.ts";
import type { PenInk } from "./pen.ts";

/** How a value stands on its track. */
export interface Whisker {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  /** Grey tick: guessing, prevalence. */
  readonly chance: number | null;
  /** disc: measured; ring: quoted from elsewhere; diamond: a baseline. */
  readonly shape: "disc" | "ring" | "diamond";
  readonly color: string;
}

/** From values to px, values outside pressed to the ends. */
export interface Track {
  readonly low: number;
  readonly high: number;
  readonly left: number;
  readonly width: number;
}

export function placeOn({ low, high, left, width }: Track, value: number): number {
  const share = (value - low) / (high - low || 1);
  return left + width * Math.max(0, Math.min(1, share));
}

/** A dot with the line of its interval and the tick of chance, all at height `y`. */
export function whiskerMarks(whisker: Whisker, track: Track, y: number, ink: PenInk): Mark[] {
  const { value, interval, chance, shape, color } = whisker;
  const marks: Mark[] = [];
  if (chance !== null) {
    const x = placeOn(track, chance);
    marks.push(line(x, y - 6, x, y + 6, ink.axis, 2));
  }
  if (!Number.isFinite(value)) return marks;
  if (interval) {
    const [from, to] = interval.map((end) => placeOn(track, end));
    marks.push(line(from!, y, to!, y, color, 2));
  }
  const x = placeOn(track, value);
  if (shape === "diamond") {
    const d = `M${f(x)} ${f(y - 5)}L${f(x + 5)} ${f(y)}L${f(x)} ${f(y + 5)}L${f(x - 5)} ${f(y)}Z`;
    marks.push({ kind: "path", d, fill: color });
  } else if (shape === "ring") {
    marks.push({ kind: "circle", x, y, radius: 4.5, fill: ink.ground, stroke: color });
  } else {
    marks.push({ kind: "circle", x, y, radius: 4, fill: color });
  }
  return marks;
}

function f(value: number): string {
  return String(Math.round(value * 100) / 100);
}
