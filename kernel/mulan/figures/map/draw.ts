import { categoryColors } from "../colour/categories.ts";
import { decodeFloat16, type MapFigure } from "../contract.ts";
import { countOf, formatCount } from "../scale/numbers.ts";
import { diamondPath } from "../scene/diamond.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing } from "../scene/frame.ts";
import { ink, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import { fitText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";
import { axisNote } from "./axisNote.ts";
import { kindNames, silentRows } from "./kinds.ts";
import { placeLabels } from "./placeLabels.ts";

const size = { width: 720, height: 480 };
const pad = 24;
const labelLimit = 160;

/** Points on one scale for both axes, as many of them named as have room. */
export function drawMap(figure: MapFigure): Drawing {
  if (figure.n === 0) {
    return emptyDrawing(
      "There are no points.",
      'await project(embeddings, { method: "umap", seed: 1 })',
    );
  }
  const raw = decodeFloat16(figure.points);
  const { scale, middle } = fillPlot(raw);
  const points = Array.from({ length: figure.n }, (_, i) => ({
    x: drawingLeft + size.width / 2 + (raw[2 * i]! - middle[0]) * scale,
    y: drawingTop + size.height / 2 - (raw[2 * i + 1]! - middle[1]) * scale,
  }));
  const radius = figure.n <= 200 ? 4 : figure.n <= 2000 ? 2.5 : 1.5;
  const marks: Mark[] = [rect(drawingLeft, drawingTop, size.width, size.height, "none", ink.grid)];
  const silent = silentRows(figure.items);
  for (const [i, point] of points.entries()) {
    const stroke = radius >= 4 ? ink.ground : undefined;
    marks.push(silent?.[i] ? diamondAt(point, radius, stroke) : discAt(point, radius, stroke));
  }
  const labels = figure.items.labels.map((label) => fitText(label, labelLimit, tickSize));
  const border = {
    left: drawingLeft + 4,
    top: drawingTop + 4,
    right: drawingLeft + size.width - 4,
    bottom: drawingTop + size.height - 4,
  };
  const widths = labels.map((label) => measureText(label, tickSize));
  const placed = placeLabels(widths, points, tickSize, border);
  for (const { index, x, y } of placed) marks.push(text(x, y, labels[index]!, { size: tickSize }));
  const notes = [axisNote(figure)];
  if (placed.length < figure.n) {
    notes.push(
      `${formatCount(placed.length)} of ${countOf(figure.n, "point")} named, where there is room`,
    );
  }
  const lines = [notes.join(" · ")];
  const [clips, others] = kindNames(figure);
  if (silent) lines.unshift(`● ${clips}, ◆ ${others}`);
  const style = { size: tickSize, color: ink.quiet };
  for (const [i, line] of lines.entries()) {
    marks.push(text(drawingLeft, drawingTop + size.height + 16 * (i + 1), line, style));
  }
  const height = size.height + 16 * lines.length + 4;
  return { width: size.width, height, marks };
}

function discAt(at: { x: number; y: number }, radius: number, stroke?: string): Mark {
  return { kind: "circle", ...at, radius, fill: categoryColors[0], ...(stroke && { stroke }) };
}

function diamondAt(at: { x: number; y: number }, radius: number, stroke?: string): Mark {
  const fill = categoryColors[5];
  return { kind: "path", d: diamondPath(at, radius), fill, ...(stroke && { stroke, width: 1 }) };
}

/** The largest common scale at which all points lie inside the padded plot. */
function fillPlot(points: Float32Array): { scale: number; middle: readonly [number, number] } {
  const range = [0, 1].map((axis) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i]!);
      high = Math.max(high, points[i]!);
    }
    return { low, span: high - low };
  });
  const [x, y] = [range[0]!, range[1]!];
  const scale = Math.min(
    (size.width - 4 * pad) / (x.span || 1e-9),
    (size.height - 2 * pad) / (y.span || 1e-9),
  );
  return { scale: Math.min(scale, 1e6), middle: [x.low + x.span / 2, y.low + y.span / 2] };
}
