import { svg } from "../dom.ts";
import { paper } from "../look/paper.ts";

/** A drawing to be saved: its marks, in the colours of paper, and what stands around them. */
export interface FigureImage {
  readonly content: readonly SVGElement[];
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly reading: string;
  readonly model: string | null;
}

const margin = 16;
const titleRoom = 28;
const lineHeight = 18;

/** Title above, reading line and model below, on a ground: good enough to paste into a paper. */
export function frameImage(image: FigureImage): { svg: string; width: number; height: number } {
  const width = image.width + 2 * margin;
  const lines = [...wrap(image.reading, width), ...(image.model ? [image.model] : [])];
  const height = image.height + 2 * margin + titleRoom + 12 + lines.length * lineHeight;
  const below = margin + titleRoom + image.height + 12;
  const root = svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": "Inter, system-ui, sans-serif",
      "font-size": 13,
      fill: paper.foreground,
    },
    svg("rect", { width, height, fill: paper.background }),
    svg("text", { x: margin, y: margin + 14, "font-weight": 600 }, image.title),
    svg("g", { transform: `translate(${margin} ${margin + titleRoom})` }, ...image.content),
    ...lines.map((line, i) =>
      svg("text", { x: margin, y: below + (i + 1) * lineHeight - 4 }, line),
    ),
  );
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

/** By words, at about 7 px a character: a saved SVG has no layout of its own. */
function wrap(text: string, widthPx: number): string[] {
  const limit = Math.max(20, Math.floor((widthPx - 2 * margin) / 7));
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < limit)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
