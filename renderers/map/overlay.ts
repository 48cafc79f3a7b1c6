import { placeLabels } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { type MeasureText, middleCut } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";
import type { Size } from "./geometry.ts";

export interface PlacedPoint {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

const labelPx = 11;
const widestPx = 140;
/** Clear of the ring around a point that is selected. */
const gapPx = 11;

/** Names beside as many points as have room. */
export function pointNames(
  points: readonly PlacedPoint[],
  labels: readonly string[],
  size: Size,
  theme: Theme,
  measure: MeasureText,
): SVGElement[] {
  const texts = points.map(({ index }) => middleCut(labels[index]!, widestPx, labelPx, measure));
  const widths = texts.map((text) => measure(text, labelPx));
  const border = { left: 4, top: 4, right: size.width - 4, bottom: size.height - 4 };
  return placeLabels(widths, points, labelPx, border, gapPx).map(({ index, x, y }) =>
    halo(x, y, texts[index]!, theme, { "font-size": labelPx }),
  );
}

/** Names of groups in their middles. */
export function groupNames(
  middles: readonly { readonly x: number; readonly y: number; readonly name: string }[],
  theme: Theme,
  measure: MeasureText,
  size: Size,
): SVGElement[] {
  return middles.map(({ x, y, name }) => {
    const text = middleCut(name, widestPx, 13, measure);
    const half = measure(text, 13) / 2 + 6;
    const inside = Math.min(size.width - half, Math.max(half, x));
    const attributes = { "font-size": 13, "font-weight": 600, "text-anchor": "middle" };
    return halo(inside, y + 4, text, theme, attributes);
  });
}

/** A ring around a point: what is looked at, what sounds. */
export function ring(at: { x: number; y: number }, color: string, radius: number): SVGElement {
  return svg("circle", {
    cx: at.x,
    cy: at.y,
    r: radius,
    fill: "none",
    style: `stroke: ${color}; stroke-width: 2`,
  });
}

/** Text that stays legible over dots. */
function halo(
  x: number,
  y: number,
  text: string,
  theme: Theme,
  attributes: Readonly<Record<string, string | number>>,
): SVGElement {
  const style = `fill: ${theme.foreground}; stroke: ${theme.background}; stroke-width: 3; paint-order: stroke; stroke-linejoin: round`;
  return svg("text", { x, y, ...attributes, style }, text);
}
