import { positionOf } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { colorScaleFor, cssColor } from "../shared/look/colorScales.ts";
import { lockedScale } from "../shared/look/lockedScale.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import { cellTexts, colorBar, columnLabelGroups, rowLabelGroups } from "./drawLabels.ts";
import { type Picture, pictureOf } from "./picture.ts";
import type { State } from "./state.ts";

const widthPx = 800;

/** The heatmap on paper, as it is ordered and scaled now. */
export function savedImage(state: State): FigureImage {
  const { figure } = state;
  const picture = pictureOf(state, widthPx, textMeasure(paper.fontFamily), lockedScale().value);
  const { layout, lines, shown, rows, columns } = picture;
  const look = (side: "rows" | "columns", order: readonly number[]) => (position: number) => ({
    key: String(position),
    full: figure[side].labels[order[position]!]!,
    selected: false,
    playing: false,
  });
  const groups = [
    ...rowLabelGroups(layout, look("rows", rows), paper),
    ...columnLabelGroups(layout, look("columns", columns), paper),
  ];
  return {
    title: figure.title,
    reading: figure.reading,
    model: figure.model,
    width: layout.width,
    height: layout.height,
    content: [
      cellImage(picture),
      ...groups.map(({ x, y, content }) =>
        svg("g", { transform: `translate(${x} ${y})` }, ...content),
      ),
      ...cellTexts(layout, lines, shown.scale, paper),
      ...colorBar(layout, shown.scale, shown.unit, paper),
    ],
  };
}

/** A header of columns, then each row's cosines in the shown order. */
export function savedTable({ figure, matrix, view }: State): (string | number)[][] {
  const head = ["", ...view.columnOrder.map((j) => figure.columns.labels[j]!)];
  const rows = view.rowOrder.map((i) => [
    figure.rows.labels[i]!,
    ...view.columnOrder.map((j) => round(matrix.values[i * matrix.nColumns + j]!)),
  ]);
  return [head, ...rows];
}

/** One pixel a cell, enlarged without smoothing. */
function cellImage({ layout, lines, shown }: Picture): SVGElement {
  const canvas = document.createElement("canvas");
  canvas.height = Math.max(1, lines.length);
  canvas.width = Math.max(1, lines[0]?.length ?? 0);
  const context = canvas.getContext("2d");
  const colors = colorScaleFor(shown.scale.kind, paper);
  lines.forEach((line, y) => {
    line.forEach((value, x) => {
      if (!context || !Number.isFinite(value)) return;
      context.fillStyle = cssColor(colors, positionOf(shown.scale, value));
      context.fillRect(x, y, 1, 1);
    });
  });
  return svg("image", {
    href: canvas.toDataURL(),
    x: layout.left,
    y: layout.top,
    width: layout.cellWidth * canvas.width,
    height: layout.cellHeight * canvas.height,
    preserveAspectRatio: "none",
    "image-rendering": "pixelated",
  });
}

/** Half-precision values have no more digits. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
