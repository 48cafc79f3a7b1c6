import { type MeasureText, middleCut } from "../shared/look/middleCut.ts";
import type { State } from "./state.ts";

export interface EmbeddingsLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly stripWidth: number;
  readonly stripHeight: number;
  readonly rowHeight: number;
  readonly labels: readonly { readonly row: number; readonly y: number; readonly text: string }[];
  readonly barX: number;
  readonly barHeight: number;
  /** Top of the histogram of cosines. */
  readonly histogramTop: number;
  readonly histogramHeight: number;
}

export const labelSize = 13;
export const barWidth = 12;
const barRoom = 12 + barWidth + 4 + 40;
const gap = 8;
/** For the sign of a clip that is selected or plays. */
const markRoom = 16;
/** Below this every n-th row has a label. */
const labelPitch = 16;

export function layoutEmbeddings(
  { figure }: State,
  widthPx: number,
  measure: MeasureText,
): EmbeddingsLayout {
  const { stripRows } = figure;
  const labels = figure.items.labels.slice(0, stripRows);
  const widest = Math.max(0, ...labels.map((label) => measure(label, labelSize)));
  const signRoom = figure.items.clips ? markRoom : 0;
  const left =
    Math.ceil(Math.min(widest + signRoom, Math.max(72, Math.min(widthPx * 0.3, 220)))) + gap;
  const stripWidth = Math.min(640, widthPx - left - barRoom);
  const rowHeight = stripRows <= 20 ? 20 : 12;
  const step = Math.ceil(labelPitch / rowHeight);
  const stripHeight = rowHeight * stripRows;
  const barHeight = Math.max(72, Math.min(180, stripHeight));
  const histogramTop = Math.max(stripHeight + 24, barHeight + 24) + 12;
  const histogramHeight = figure.pairs ? 72 : 0;
  return {
    width: widthPx,
    height: figure.pairs ? histogramTop + histogramHeight + 20 : histogramTop - 8,
    left,
    stripWidth,
    stripHeight,
    rowHeight,
    labels: labels.flatMap((label, row) =>
      row % step === 0
        ? [
            {
              row,
              y: (row + 0.5) * rowHeight + 4,
              text: middleCut(label, left - gap - signRoom, labelSize, measure),
            },
          ]
        : [],
    ),
    barX: left + stripWidth + 12,
    barHeight,
    histogramTop,
    histogramHeight,
  };
}
