import { fitText, wrapText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";
import { ink, labelSize, line, type Mark, type Scene, text, tickSize } from "./scene.ts";

/** FIGURES' grid: multiples of 4 px, 12 between parts, 8 inside groups. */
export const margin = 16;
export const partGap = 12;
export const groupGap = 8;
const minWidth = 400;
/** Widest canvas of a figure. */
export const maxWidth = 1100;
const textWidth = 720;
const titleHeight = 16;
const readingLineHeight = 20;

/** Where a drawing begins inside its frame. */
export const drawingLeft = margin;
export const drawingTop = margin + titleHeight + partGap;

export interface Drawing {
  /** Extent from (drawingLeft, drawingTop). */
  readonly width: number;
  readonly height: number;
  /** In canvas coordinates. */
  readonly marks: readonly Mark[];
}

export interface FrameTexts {
  readonly title: string;
  readonly reading: string;
  readonly footnote: string;
}

/** Title line, drawing, reading line, footnote: the anatomy of every figure. */
export function frame(texts: FrameTexts, drawing: Drawing): Scene {
  const wanted = Math.max(
    drawing.width,
    Math.min(measureText(texts.title, labelSize, 600), textWidth),
    Math.min(measureText(texts.reading, labelSize), textWidth),
    minWidth - 2 * margin,
  );
  const inner = Math.min(maxWidth - 2 * margin, Math.ceil(wanted / 4) * 4);
  const readings = texts.reading ? wrapText(texts.reading, inner, labelSize, 3) : [];
  const marks: Mark[] = [
    text(margin, margin + 12, fitText(texts.title, inner, labelSize, 600), { weight: 600 }),
    ...drawing.marks,
  ];
  let y = drawingTop + drawing.height + partGap;
  for (const each of readings) {
    marks.push(text(margin, y + 13, each));
    y += readingLineHeight;
  }
  if (texts.footnote) {
    const style = { size: tickSize, color: ink.quiet };
    marks.push(text(margin, y + 13, fitText(texts.footnote, inner, tickSize), style));
    y += readingLineHeight;
  }
  return { width: inner + 2 * margin, height: Math.ceil((y + groupGap) / 4) * 4, marks };
}

/** What an empty figure shows instead of a drawing: one sentence and the line of code that fills it. */
export function emptyDrawing(sentence: string, code: string): Drawing {
  const y = drawingTop;
  return {
    width: Math.max(measureText(sentence, labelSize), measureText(code, labelSize)),
    height: 44,
    marks: [
      line(drawingLeft, y, drawingLeft + 24, y, ink.grid),
      text(drawingLeft, y + 20, sentence),
      text(drawingLeft, y + 40, code, { color: ink.quiet }),
    ],
  };
}
