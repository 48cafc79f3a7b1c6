import type { EmbeddingsFigure } from "../../kernel/mulan/figures/contract.ts";
import {
  countOf,
  formatCosine,
  formatCount,
  formatFixed,
} from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import { gridInk, type Theme } from "../shared/look/theme.ts";
import type { EmbeddingsLayout } from "./layout.ts";

/** How near the rows lie to each other: cosines from −1 to 1, their mean as a labelled line. */
export function spreadMarks(
  layout: EmbeddingsLayout,
  pairs: NonNullable<EmbeddingsFigure["pairs"]>,
  theme: Theme,
): SVGElement[] {
  const { left, stripWidth: width, histogramTop: top, histogramHeight } = layout;
  const { histogram, mean, n } = pairs;
  const bottom = top + histogramHeight;
  const most = Math.max(1, ...histogram);
  const step = width / histogram.length;
  const place = (cosine: number): number => left + ((cosine + 1) / 2) * width;
  const { strong } = dataColors(theme);
  const small = { "font-size": 11, fill: theme.quiet } as const;
  const marks: SVGElement[] = histogram.map((count, i) => {
    const height = (count / most) * (histogramHeight - 24);
    const from = -1 + (2 * i) / histogram.length;
    const to = from + 2 / histogram.length;
    return svg(
      "rect",
      {
        x: left + i * step + 0.5,
        y: bottom - height,
        width: Math.max(0.5, step - 1),
        height,
        fill: theme.highContrast ? "none" : strong,
        stroke: theme.highContrast ? strong : undefined,
      },
      svg(
        "title",
        {},
        `${countOf(count, "pair")} from ${formatCosine(from)} to ${formatCosine(to)}`,
      ),
    );
  });
  marks.push(
    svg("line", { x1: left, x2: left + width, y1: bottom, y2: bottom, stroke: gridInk(theme) }),
  );
  for (const cosine of [-1, -0.5, 0, 0.5, 1]) {
    const at = { x: place(cosine), y: bottom + 14, "text-anchor": "middle" };
    marks.push(svg("text", { ...at, ...small }, formatFixed(cosine, 1)));
  }
  const late = mean > 0.5;
  const x = place(mean);
  marks.push(
    svg("line", {
      x1: x,
      x2: x,
      y1: top + 12,
      y2: bottom,
      stroke: theme.foreground,
      "stroke-dasharray": "3 2",
    }),
    svg(
      "text",
      {
        x: x + (late ? -6 : 6),
        y: top + 20,
        "font-size": 11,
        fill: theme.foreground,
        "text-anchor": late ? "end" : "start",
      },
      `mean ${formatCosine(mean)}`,
    ),
    svg("text", { x: left, y: top + 4, ...small }, `cosine between rows, ${formatCount(n)} pairs`),
  );
  return marks;
}
