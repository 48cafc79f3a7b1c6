import type { Pen } from "../../kernel/mulan/figures/contractReportLook.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import { middleCut, textMeasure } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";

/** Bold letters are about a tenth wider; the canvas measures the regular ones. */
const boldWidening = 1.1;

/** The pen of a page: the editor's font and colours. */
export function createPen(theme: Theme): Pen {
  const measure = textMeasure(theme.fontFamily);
  const widening = (weight: number | undefined): number => (weight === 600 ? boldWidening : 1);
  const { strong, weak, right, wrong } = dataColors(theme);
  return {
    measure: (text, size, weight) => measure(text, size) * widening(weight),
    fit: (text, width, size, weight) =>
      width <= 0 ? "" : middleCut(text, width / widening(weight), size, measure),
    ink: {
      text: theme.foreground,
      quiet: theme.quiet,
      axis: theme.quiet,
      // Borders of high contrast are as bright as the marks.
      grid: theme.highContrast ? mix(theme.border, theme.background) : theme.border,
      ground: theme.background,
      strong,
      weak,
      right,
      wrong,
      accent: theme.accent,
    },
  };
}

/** A third of the colour over the ground. Colours that are not #rrggbb stay. */
function mix(color: string, ground: string): string {
  const channels = (hex: string): number[] | undefined =>
    /^#[0-9a-f]{6}$/i.test(hex)
      ? [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
      : undefined;
  const [over, under] = [channels(color), channels(ground)];
  if (!over || !under) return color;
  return `rgb(${over.map((value, i) => Math.round(0.35 * value + 0.65 * under[i]!)).join(",")})`;
}
