import { diamondReach } from "../../kernel/mulan/figures/contractLook.ts";
import type { Colouring } from "./colours.ts";
import { type Size, toPx } from "./geometry.ts";

/** Discs and diamonds without WebGL: for saved pictures, and for pages that have none. */
export function paintDots(
  context: CanvasRenderingContext2D,
  plot: Float32Array,
  { of, colors }: Pick<Colouring, "of" | "colors">,
  size: Size,
  dotPx: number,
  silent: Uint8Array | undefined,
): void {
  for (const [category, color] of colors.entries()) {
    context.fillStyle = color;
    for (let i = 0; i < of.length; i++) {
      if (of[i] !== category) continue;
      const { x, y } = toPx(plot, i, size);
      context.beginPath();
      if (silent?.[i]) traceDiamond(context, x, y, diamondReach(dotPx / 2));
      else context.arc(x, y, dotPx / 2, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function traceDiamond(context: CanvasRenderingContext2D, x: number, y: number, reach: number) {
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
}
