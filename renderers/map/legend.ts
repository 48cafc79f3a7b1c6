import type { MapFigure } from "../../kernel/mulan/figures/contract.ts";
import { diamondPath, kindNames } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";
import type { ColourBy } from "./colours.ts";

export const legendPx = 20;
const sizePx = 11;
const radius = 4.5;
const gapPx = 12;

/** What discs and diamonds are, in a line of `legendPx`; in their colours where these say the same. */
export function legendMarks(
  figure: Pick<MapFigure, "others">,
  by: ColourBy,
  colors: readonly string[],
  theme: Theme,
): SVGElement[] {
  const measure = textMeasure(theme.fontFamily);
  const [clips, others] = kindNames(figure);
  const y = legendPx / 2;
  const ink = (kind: number) => `fill: ${(by === "kind" && colors[kind]) || theme.quiet}`;
  const words = (x: number, text: string) =>
    svg("text", { x, y: y + 4, "font-size": sizePx, style: `fill: ${theme.quiet}` }, text);
  const right = 16 + measure(clips, sizePx) + gapPx;
  return [
    svg("circle", { cx: 6, cy: y, r: radius, style: ink(0) }),
    words(16, clips),
    svg("path", { d: diamondPath({ x: right + 6, y }, radius), style: ink(1) }),
    words(right + 16, others),
  ];
}
