import { inkOn } from "../colour/rgb.ts";
import { decodeFloat16, type SimilarityFigure } from "../contract.ts";
import { formatCosine, formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { columnAxis, rowAxis } from "../scene/categoryAxis.ts";
import { colorBarWidth, drawColorBar } from "../scene/colorBar.ts";
import {
  type Drawing,
  drawingLeft,
  drawingTop,
  emptyDrawing,
  groupGap,
  margin,
  maxWidth,
  partGap,
} from "../scene/frame.ts";
import { type Mark, text, tickSize } from "../scene/scene.ts";
import { matrixImage } from "./matrixImage.ts";
import { colorScaleOf, positionOf } from "./valueScale.ts";

/** Values are written into the cells up to this many rows and columns. */
const maxWritten = 12;
const maxRowLabel = 220;
const maxColumnLabel = 140;
const maxMatrixHeight = 800;
const barLabelWidth = 36;

export function drawSimilarity(figure: SimilarityFigure): Drawing {
  const rows = figure.rows.labels;
  const columns = figure.columns.labels;
  if (rows.length === 0 || columns.length === 0) {
    return emptyDrawing(
      "There are no pairs: one side has no embeddings.",
      "similarity(await model.embedText(prompts), await model.embedAudio(clips))",
    );
  }
  const written = rows.length <= maxWritten && columns.length <= maxWritten;
  const top = drawingTop;
  const pitchY = written ? 28 : cellSize(maxMatrixHeight, rows.length, 24);
  const rowRoom = rowAxis(rows, 0, top, pitchY, maxRowLabel).extent;
  const barRoom = partGap + colorBarWidth + groupGap + barLabelWidth;
  const widest = maxWidth - 2 * margin - rowRoom - barRoom;
  const pitchX = written ? 48 : cellSize(widest, columns.length, 28);
  const overhang = columnAxis(columns, 0, 0, pitchX, maxColumnLabel).overhang;
  const left = drawingLeft + Math.max(rowRoom, overhang);
  const width = pitchX * columns.length;
  const height = pitchY * rows.length;
  const columnLabels = columnAxis(columns, left, top + height, pitchX, maxColumnLabel);
  const values = decodeFloat16(figure.values);
  const png = matrixImage(values, rows.length, columns.length, figure.scale);
  const marks: Mark[] = [
    { kind: "image", x: left, y: top, width, height, png },
    ...rowAxis(rows, left, top, pitchY, maxRowLabel).marks,
    ...columnLabels.marks,
    ...(written ? cellTexts(figure, values, left, top, pitchX, pitchY) : []),
  ];
  const barHeight = Math.max(96, Math.min(height, 220));
  const barX = left + width + partGap;
  marks.push(...drawColorBar(cosineBar(figure), barX, top, barHeight));
  return {
    width: barX + colorBarWidth + groupGap + barLabelWidth - drawingLeft,
    height: Math.max(height + columnLabels.extent, barHeight + 4),
    marks,
  };
}

/** Whole px where cells are large enough to be seen one by one. */
function cellSize(room: number, count: number, largest: number): number {
  const size = Math.min(largest, room / count);
  return size >= 2 ? Math.floor(size) : size;
}

function cellTexts(
  figure: SimilarityFigure,
  values: Float32Array,
  left: number,
  top: number,
  pitchX: number,
  pitchY: number,
): Mark[] {
  const nColumns = figure.columns.labels.length;
  const color = colorScaleOf(figure.scale);
  return Array.from(values, (value, i) => {
    const x = left + ((i % nColumns) + 0.5) * pitchX;
    const y = top + (Math.floor(i / nColumns) + 0.5) * pitchY + 4;
    const ground = color(positionOf(figure.scale, value));
    return text(x, y, formatCosine(value), {
      size: tickSize,
      anchor: "middle",
      color: Number.isFinite(value) ? inkOn(ground) : "#1f2328",
    });
  });
}

function cosineBar({ scale }: SimilarityFigure) {
  const step = (scale.max - scale.min) / 4;
  const values = [...new Set([scale.min, ...niceTicks(scale.min, scale.max, 4), scale.max])];
  const digits = Math.max(1, Math.min(2, decimalsOf(step)));
  const ticks = values
    .filter((value) => {
      const end = value === scale.min || value === scale.max;
      const fromEnds = Math.min(value - scale.min, scale.max - value);
      return end || fromEnds >= 0.12 * (scale.max - scale.min);
    })
    .map((value) => ({
      position: positionOf(scale, value),
      label: formatFixed(value, digits),
    }));
  return { name: "cosine", scale: colorScaleOf(scale), ticks };
}
