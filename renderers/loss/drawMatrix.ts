import type { ValueScale } from "../../kernel/mulan/figures/contract.ts";
import {
  chooseScale,
  clampUnit,
  formatFixed,
  positionOf,
} from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { colorScaleFor } from "../shared/look/colorScales.ts";
import { type MeasureText, middleCut } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";
import type { LossLayout } from "./layout.ts";
import type { Derived, State, View } from "./state.ts";

const shares: ValueScale = { kind: "sequential", min: 0, max: 1 };
const maxOutlined = 64;

const names: Readonly<Record<View, string>> = {
  critic: "critic h = exp(cosine / τ), by its logarithm",
  rows: "each clip's share of texts (rows sum to 1)",
  columns: "each text's share of clips (columns sum to 1)",
};

/** The matrix with its diagonal, its false negatives and the keyboard's place. */
export function matrixMarks(
  state: State,
  derived: Derived,
  layout: LossLayout,
  theme: Theme,
  measure: MeasureText,
  showCursor: boolean,
): SVGElement[] {
  const { left, top, side } = layout.matrix;
  const { size, falseNegatives } = derived;
  const cell = side / size;
  const values = valuesOf(state.view, derived);
  const scale = scaleOf(state, values);
  const quiet = { "font-size": 11, style: `fill: ${theme.quiet}` };
  const frame = { x: left, y: top, width: side, height: side };
  const marks: SVGElement[] = [
    svg("text", { x: left, y: top - 6, ...quiet }, names[state.view]),
    svg("image", {
      ...frame,
      href: pixels(values, size, scale, theme),
      preserveAspectRatio: "none",
      style: "image-rendering: pixelated",
      "data-part": "matrix",
    }),
    ...diagonal(size, left, top, side, theme),
    ...falseNegatives.flatMap(({ i, j }) =>
      [
        [i, j],
        [j, i],
      ].map(([row, column]) =>
        svg("circle", {
          cx: left + (column! + 0.5) * cell,
          cy: top + (row! + 0.5) * cell,
          r: Math.max(1.5, Math.min(5, cell / 4)),
          fill: theme.background,
          stroke: theme.foreground,
          "data-part": "false-negative",
          "pointer-events": "none",
        }),
      ),
    ),
    svg(
      "text",
      { x: left, y: top + side + 14, ...quiet },
      `rows audio, columns text; colours ${formatFixed(scale.min, 1)} to ${formatFixed(scale.max, 1)}`,
    ),
  ];
  if (layout.labelWidth > 0) {
    const text = { "font-size": 11, "text-anchor": "end", style: `fill: ${theme.foreground}` };
    state.figure.audio.labels.slice(0, size).forEach((label, i) => {
      const place = { x: left - 8, y: top + (i + 0.5) * cell + 4 };
      const cut = middleCut(label, layout.labelWidth, 11, measure);
      marks.push(svg("text", { ...place, ...text }, svg("title", {}, label), cut));
    });
  }
  if (showCursor) {
    const { row, column } = state.cursor;
    const place = { x: left + column * cell - 1, y: top + row * cell - 1 };
    const look = { width: cell + 2, height: cell + 2, fill: "none", "pointer-events": "none" };
    // On a cell of its own colour the ring is seen by what surrounds it.
    const halo = { stroke: theme.background, "stroke-width": 5 };
    const ring = { stroke: theme.focus, "stroke-width": 3, "data-part": "cursor" };
    for (const line of [halo, ring]) marks.push(svg("rect", { ...place, ...look, ...line }));
  }
  return marks;
}

/** While a training walks, a colour keeps its meaning. */
function scaleOf({ view, figure }: State, values: Float32Array): ValueScale {
  if (view !== "critic") return shares;
  return figure.training ? { kind: "signed", min: -1, max: 1 } : chooseScale(values);
}

function valuesOf(view: View, derived: Derived): Float32Array {
  if (view === "rows") return derived.rowShares;
  return view === "columns" ? derived.columnShares : derived.cosines;
}

function diagonal(
  size: number,
  left: number,
  top: number,
  side: number,
  theme: Theme,
): SVGElement[] {
  const cell = side / size;
  const look = { fill: "none", stroke: theme.background, "pointer-events": "none" };
  if (size > maxOutlined) {
    const ends = { x1: left, y1: top, x2: left + side, y2: top + side };
    return [svg("line", { ...ends, ...look, "stroke-dasharray": "4 4" })];
  }
  return Array.from({ length: size }, (_, i) => {
    const place = { x: left + i * cell, y: top + i * cell, width: cell, height: cell };
    return svg("rect", { ...place, ...look, "data-part": "diagonal" });
  });
}

/** One pixel a cell. */
function pixels(values: Float32Array, size: number, scale: ValueScale, theme: Theme): string {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) return "";
  const color = colorScaleFor(scale.kind, theme);
  const image = context.createImageData(size, size);
  for (let i = 0; i < values.length; i++) {
    const [r, g, b] = color(clampUnit(positionOf(scale, values[i]!)));
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL("image/png");
}
