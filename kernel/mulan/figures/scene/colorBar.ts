import { type ColorScale, toHex } from "../colour/rgb.ts";
import { groupGap } from "./frame.ts";
import { ink, line, type Mark, rect, text, tickSize } from "./scene.ts";

export interface ColorBar {
  /** Quantity and unit, above the bar. */
  readonly name: string;
  readonly scale: ColorScale;
  /** From bottom (0) to top (1). */
  readonly ticks: readonly { readonly position: number; readonly label: string }[];
}

export const colorBarWidth = 12;
/** Height that the name takes above the bar. */
export const colorBarHead = 20;
const steps = 64;

/** A vertical colour bar with its name above and its ticks on the right; `y` is the top of the name. */
export function drawColorBar(bar: ColorBar, x: number, y: number, height: number): Mark[] {
  const top = y + colorBarHead;
  const barHeight = height - colorBarHead;
  const marks: Mark[] = [text(x, y + 10, bar.name, { size: tickSize, color: ink.quiet })];
  for (let i = 0; i < steps; i++) {
    const from = top + Math.round(2 * barHeight * (1 - (i + 1) / steps)) / 2;
    const to = top + Math.round(2 * barHeight * (1 - i / steps)) / 2;
    marks.push(rect(x, from, colorBarWidth, to - from, toHex(bar.scale((i + 0.5) / steps))));
  }
  for (const tick of bar.ticks) {
    const tickY = top + barHeight * (1 - tick.position);
    const end = x + colorBarWidth;
    marks.push(line(end, tickY, end + 4, tickY));
    marks.push(text(end + groupGap, tickY + 4, tick.label, { size: tickSize, color: ink.quiet }));
  }
  return marks;
}
