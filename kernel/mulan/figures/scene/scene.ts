import type { FontWeight } from "../text/fontWeight.ts";

/** A figure as a list of marks in CSS px, before any file format: tests measure it, svg.ts writes it. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

export type Mark = TextMark | RectMark | LineMark | PathMark | CircleMark | ImageMark;

export interface TextMark {
  readonly kind: "text";
  /** Of the anchor point on the baseline. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly anchor: "start" | "middle" | "end";
  readonly weight: FontWeight;
  readonly color: string;
  /** Degrees clockwise around (x, y). */
  readonly rotate: number;
}

export interface RectMark {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke?: string;
}

export interface LineMark {
  readonly kind: "line";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly stroke: string;
  readonly width: number;
  readonly dash?: string;
}

export interface PathMark {
  readonly kind: "path";
  readonly d: string;
  readonly fill: string;
  readonly stroke?: string;
  readonly width?: number;
  /** Edges on whole device pixels: bars stay sharp, and the PNG is a third of the size. */
  readonly crisp?: boolean;
}

export interface CircleMark {
  readonly kind: "circle";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill: string;
  readonly stroke?: string;
}

/** Pixels that are not smoothed: spectrogram and heatmap cells. */
export interface ImageMark {
  readonly kind: "image";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

export interface TextStyle {
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: FontWeight;
  readonly color?: string;
  readonly rotate?: number;
}

export const labelSize = 13;
export const tickSize = 11;

/** Ink on white; the live renderers take the editor's colours instead. */
export const ink = {
  text: "#1f2328",
  quiet: "#59636e",
  axis: "#8c959f",
  grid: "#d8dee4",
  ground: "#ffffff",
} as const;

export function text(x: number, y: number, content: string, style: TextStyle = {}): TextMark {
  return {
    kind: "text",
    x,
    y,
    text: content,
    size: style.size ?? labelSize,
    anchor: style.anchor ?? "start",
    weight: style.weight ?? 400,
    color: style.color ?? ink.text,
    rotate: style.rotate ?? 0,
  };
}

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  stroke?: string,
): RectMark {
  return { kind: "rect", x, y, width, height, fill, ...(stroke && { stroke }) };
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string = ink.axis,
  width = 1,
  dash?: string,
): LineMark {
  return { kind: "line", x1, y1, x2, y2, stroke, width, ...(dash && { dash }) };
}

/** The same mark elsewhere. Paths are drawn in place and never moved. */
export function moved(mark: Mark, dx: number, dy: number): Mark {
  if (mark.kind === "path") throw new Error("a path has no place of its own");
  if (mark.kind === "line") {
    return { ...mark, x1: mark.x1 + dx, x2: mark.x2 + dx, y1: mark.y1 + dy, y2: mark.y2 + dy };
  }
  return { ...mark, x: mark.x + dx, y: mark.y + dy };
}
