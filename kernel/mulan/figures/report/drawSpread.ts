import { formatFixed } from "../scale/numbers.ts";
import { line, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import type { Panel, Pen, Room } from "./pen.ts";

const nBins = 50;
const barsHeight = 44;

/** A histogram of values from 0 to 1 in bins of 0.02, with their median. */
export function drawSpread(
  pen: Pen,
  values: readonly number[],
  title: string,
  { left, top, width }: Room,
): Panel {
  if (values.length === 0) return { marks: [], hits: [], height: 0 };
  const { ink } = pen;
  const counts = new Array<number>(nBins).fill(0);
  for (const value of values) counts[Math.min(nBins - 1, Math.floor(value * nBins))]!++;
  const most = Math.max(...counts);
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1]!;
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const head = pen.fit(`${title}; line: median ${formatFixed(median, 3)}`, width, tickSize);
  const base = top + 20 + barsHeight;
  const marks: Mark[] = [text(left, top + 10, head, quiet)];
  counts.forEach((count, i) => {
    if (count === 0) return;
    const height = (count / most) * barsHeight;
    const x = left + (i / nBins) * width;
    marks.push(rect(x, base - height, (0.85 * width) / nBins, height, ink.weak));
  });
  const at = left + median * width;
  marks.push(line(at, base - barsHeight, at, base, ink.strong, 2));
  marks.push(line(left, base, left + width, base, ink.axis));
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    const anchor = tick === 0 ? "start" : tick === 1 ? "end" : "middle";
    marks.push(text(left + tick * width, base + 15, String(tick), { ...quiet, anchor }));
  }
  return { marks, hits: [], height: 20 + barsHeight + 20 };
}
