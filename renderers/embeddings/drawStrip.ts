import { formatCount, formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { colorScaleFor, cssColor } from "../shared/look/colorScales.ts";
import type { Theme } from "../shared/look/theme.ts";
import { barWidth, type EmbeddingsLayout, labelSize } from "./layout.ts";
import type { State } from "./state.ts";

/** What is going on with a row's clip. */
export type LookOf = (row: number) => { readonly selected: boolean; readonly playing: boolean };

/** The first rows, each value a cell, as one image that is made once a theme. */
export function stripImage({ figure, strip }: State, theme: Theme): string {
  const { dim, stripRows, stripLimit } = figure;
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, dim);
  canvas.height = Math.max(1, stripRows);
  const context = canvas.getContext("2d");
  if (!context) return "";
  const pixels = context.createImageData(canvas.width, canvas.height);
  const colors = colorScaleFor("signed", theme);
  strip.forEach((value, i) => {
    const position = stripLimit > 0 ? (value / stripLimit + 1) / 2 : 0.5;
    pixels.data.set([...colors(position), 255], 4 * i);
  });
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

export function stripMarks(
  layout: EmbeddingsLayout,
  state: State,
  href: string,
  theme: Theme,
  lookOf: LookOf,
): SVGElement[] {
  const { figure } = state;
  const { left, stripWidth, stripHeight } = layout;
  const small = { "font-size": 11, fill: theme.quiet } as const;
  const marks: SVGElement[] = [
    svg("image", {
      href,
      x: left,
      width: stripWidth,
      height: stripHeight,
      preserveAspectRatio: "none",
      "image-rendering": "pixelated",
      "data-part": "strip",
    }),
    ...layout.labels.map(({ row, y, text }) => {
      const { selected, playing } = lookOf(row);
      return svg(
        "text",
        {
          x: left - 8,
          y,
          "text-anchor": "end",
          "font-size": labelSize,
          "font-weight": selected || playing ? 600 : 400,
          fill: selected ? theme.accent : theme.foreground,
          "data-row": row,
        },
        svg("title", {}, figure.items.labels[row]!),
        (playing ? "▶ " : selected ? "● " : "") + text,
      );
    }),
    svg("text", { x: left, y: stripHeight + 16, ...small }, "dimension 1"),
    svg(
      "text",
      { x: left + stripWidth, y: stripHeight + 16, ...small, "text-anchor": "end" },
      formatCount(figure.dim),
    ),
  ];
  if (figure.n > figure.stripRows) {
    const note = `first ${figure.stripRows} of ${formatCount(figure.n)} rows`;
    const x = left + stripWidth / 2;
    marks.push(svg("text", { x, y: stripHeight + 16, ...small, "text-anchor": "middle" }, note));
  }
  return [...marks, ...valueBar(layout, state, theme)];
}

const barSteps = 40;

function valueBar({ barX, barHeight }: EmbeddingsLayout, { figure }: State, theme: Theme) {
  const colors = colorScaleFor("signed", theme);
  const step = barHeight / barSteps;
  const stripes = Array.from({ length: barSteps }, (_, i) =>
    svg("rect", {
      x: barX,
      y: i * step,
      width: barWidth,
      height: step + 0.5,
      fill: cssColor(colors, 1 - (i + 0.5) / barSteps),
    }),
  );
  const small = { "font-size": 11, fill: theme.quiet } as const;
  const x = barX + barWidth + 4;
  const limit = figure.stripLimit;
  return [
    ...stripes,
    svg("text", { x, y: 10, ...small }, formatFixed(limit, 2)),
    svg("text", { x, y: barHeight / 2 + 4, ...small }, "0"),
    svg("text", { x, y: barHeight, ...small }, formatFixed(-limit, 2)),
    svg("text", { x: barX, y: barHeight + 16, ...small }, "value"),
  ];
}
