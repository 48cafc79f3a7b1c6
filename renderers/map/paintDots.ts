import type { Colouring } from "./colours.ts";
import { type Size, toPx } from "./geometry.ts";

/** Dots without WebGL: for saved pictures, and for pages that have none. */
export function paintDots(
  context: CanvasRenderingContext2D,
  plot: Float32Array,
  { of, colors }: Pick<Colouring, "of" | "colors">,
  size: Size,
  dotPx: number,
): void {
  for (const [category, color] of colors.entries()) {
    context.fillStyle = color;
    for (let i = 0; i < of.length; i++) {
      if (of[i] !== category) continue;
      const { x, y } = toPx(plot, i, size);
      context.beginPath();
      context.arc(x, y, dotPx / 2, 0, 2 * Math.PI);
      context.fill();
    }
  }
}
