import { decodeFloat16, type MapFigure } from "../../kernel/mulan/figures/contract.ts";
import { axisNote, diamondPath, silentRows } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import type { ColourBy, Colouring } from "./colours.ts";
import { dotSize, fillPlot, groupMiddles, toPx } from "./geometry.ts";
import { legendMarks, legendPx } from "./legend.ts";
import { groupNames, pointNames } from "./overlay.ts";
import { paintDots } from "./paintDots.ts";

const size = { width: 800, height: 520 };
/** An SVG of more circles is slow to open; they become one picture inside it. */
const maxCircles = 5000;
const maxNamed = 600;

/** The whole map on paper, coloured as it is now. */
export function savedImage(figure: MapFigure, colouring: Colouring, by: ColourBy): FigureImage {
  const { n, items } = figure;
  const silent = silentRows(items);
  const below = size.height + (silent ? legendPx : 0);
  const legend = { transform: `translate(0 ${size.height + 2})` };
  const plot = fillPlot(decodeFloat16(figure.points), size);
  const measure = textMeasure(paper.fontFamily);
  const stride = Math.max(1, Math.ceil(n / maxNamed));
  const named = Array.from({ length: Math.ceil(n / stride) }, (_, k) => {
    return { index: k * stride, ...toPx(plot, k * stride, size) };
  });
  const middles = groupMiddles(plot, colouring.of, colouring.names.length).map((index, i) => ({
    ...toPx(plot, index, size),
    name: colouring.names[i]!,
  }));
  const note = svg(
    "text",
    { x: 0, y: below + 16, "font-size": 11, style: `fill: ${paper.quiet}` },
    axisNote(figure),
  );
  const frame = { fill: "none", stroke: paper.border };
  return {
    title: figure.title,
    reading: figure.reading,
    model: figure.model,
    width: size.width,
    height: below + 20,
    content: [
      svg("rect", { x: 0.5, y: 0.5, width: size.width - 1, height: size.height - 1, ...frame }),
      ...dots(plot, colouring, n, silent),
      ...(middles.length > 0
        ? groupNames(middles, paper, measure, size)
        : pointNames(named, items.labels, size, paper, measure)),
      ...(silent ? [svg("g", legend, ...legendMarks(figure, by, colouring.colors, paper))] : []),
      note,
    ],
  };
}

/** Label, place in [−1, 1] and, where there are groups, the group. */
export function savedTable(figure: MapFigure, { of, names }: Colouring): (string | number)[][] {
  const points = decodeFloat16(figure.points);
  const grouped = names.length > 0;
  const rows = figure.items.labels.map((label, i) => [
    label,
    Number(points[2 * i]!.toFixed(4)),
    Number(points[2 * i + 1]!.toFixed(4)),
    ...(grouped ? [names[of[i]!] ?? ""] : []),
  ]);
  return [["label", "x", "y", ...(grouped ? ["group"] : [])], ...rows];
}

function dots(
  plot: Float32Array,
  { of, colors }: Colouring,
  n: number,
  silent: Uint8Array | undefined,
): SVGElement[] {
  const radius = dotSize(n) / 2;
  if (n <= maxCircles) {
    return Array.from({ length: n }, (_, i) => {
      const { x, y } = toPx(plot, i, size);
      const fill = colors[of[i]!];
      if (silent?.[i]) return svg("path", { d: diamondPath({ x, y }, radius), fill });
      return svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius, fill });
    });
  }
  const canvas = document.createElement("canvas");
  canvas.width = 2 * size.width;
  canvas.height = 2 * size.height;
  const context = canvas.getContext("2d");
  if (context) {
    context.scale(2, 2);
    paintDots(context, plot, { of, colors }, size, dotSize(n), silent);
  }
  return [svg("image", { href: canvas.toDataURL(), x: 0, y: 0, ...size })];
}
