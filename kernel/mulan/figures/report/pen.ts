import type { Mark } from "../scene/scene.ts";
import type { FontWeight } from "../text/fontWeight.ts";

/**
 * What a panel is drawn with. The PNG measures its bundled fonts and writes on paper, a page measures the editor's font
 * and takes its colours: the layout is one.
 */
export interface Pen {
  measure(text: string, sizePx: number, weight?: FontWeight): number;
  /** The text, cut in the middle where it is wider. */
  fit(text: string, maxWidthPx: number, sizePx: number, weight?: FontWeight): string;
  readonly ink: PenInk;
}

export interface PenInk {
  readonly text: string;
  readonly quiet: string;
  readonly axis: string;
  readonly grid: string;
  readonly ground: string;
  /** The mark that a drawing is about, and others of its kind. */
  readonly strong: string;
  readonly weak: string;
  readonly right: string;
  readonly wrong: string;
  /** "Selected". */
  readonly accent: string;
}

/** Where a panel begins and how wide it may be, px. */
export interface Room {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** A place of a panel that a person can press: its part ("row", "clip", …) and which of them. */
export interface Hit {
  readonly part: string;
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Panel {
  readonly marks: readonly Mark[];
  /** From `top`. */
  readonly height: number;
  readonly hits: readonly Hit[];
}

/** Panels drawn into one, which ends where the lowest of them does. */
export function joinPanels(top: number, placed: readonly (Panel & { top: number })[]): Panel {
  return {
    marks: placed.flatMap(({ marks }) => marks),
    hits: placed.flatMap(({ hits }) => hits),
    height: Math.max(0, ...placed.map((panel) => panel.top + panel.height - top)),
  };
}
