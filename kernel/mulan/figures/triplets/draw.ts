import { rightColor, wrongColor } from "../colour/categories.ts";
import type { TripletRow, TripletsFigure } from "../contract.ts";
import { countOf, formatFixed, formatMargin } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing } from "../scene/frame.ts";
import { ink, line, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import { fitText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";

const maxRows = 24;
const pitch = 24;
const headHeight = 24;
const signRoom = 24;
const plotRoom = 260;
const marginRoom = 64;
const columnGap = 20;
const labelLimit = 190;
const stripHeight = 56;
const maxStripBars = 640;

/** One row a triplet, worst margin first: labels, both cosines as a dumbbell, the margin. */
export function drawTriplets(figure: TripletsFigure): Drawing {
  if (figure.n === 0) {
    return emptyDrawing(
      "There are no triplets.",
      "await triplets(model, [{ anchor, positive, negative }])",
    );
  }
  const shown = figure.rows.slice(0, maxRows);
  const columns = (["anchor", "positive", "negative"] as const).map((name) => ({
    name,
    width: Math.ceil(
      Math.min(
        labelLimit,
        Math.max(measureText(name, 11), ...shown.map((row) => measureText(row[name], 13))),
      ),
    ),
  }));
  const marks: Mark[] = [];
  const top = drawingTop + headHeight;
  const quiet = { size: tickSize, color: ink.quiet } as const;
  let x = drawingLeft + signRoom;
  for (const { name, width } of columns) {
    marks.push(text(x, drawingTop + 12, name, quiet));
    shown.forEach((row, i) => {
      marks.push(text(x, top + i * pitch + 16, fitText(row[name], width, 13)));
    });
    x += width + columnGap;
  }
  const plotLeft = x + 12;
  const bottom = top + shown.length * pitch;
  const scale = cosineScale(shown, plotLeft);
  marks.push(
    text(plotLeft + plotRoom / 2, drawingTop + 12, "cosine with the anchor", {
      ...quiet,
      anchor: "middle",
    }),
  );
  for (const { value, label } of scale.ticks) {
    const tickX = scale.place(value);
    const color = value === 0 ? ink.axis : ink.grid;
    marks.push(line(tickX, top, tickX, bottom, color));
    marks.push(text(tickX, bottom + 14, label, { ...quiet, anchor: "middle" }));
  }
  const right = plotLeft + plotRoom + marginRoom;
  marks.push(text(right, drawingTop + 12, "margin", { ...quiet, anchor: "end" }));
  shown.forEach((row, i) => {
    const y = top + (i + 0.5) * pitch;
    marks.push(...sign(row, drawingLeft + 7, y), ...dumbbell(row, scale.place, y));
    const isRight = row.margin > 0;
    const color = isRight ? rightColor : wrongColor;
    const weight = isRight ? 400 : 600;
    marks.push(text(right, y + 4, formatMargin(row.margin), { anchor: "end", color, weight }));
  });
  let height = bottom + 32 - drawingTop;
  marks.push(...key(plotLeft, drawingTop + height + 4, quiet));
  height += 16;
  const rest = figure.n - shown.length;
  if (rest > 0) {
    const note = `worst ${shown.length} of ${countOf(figure.n, "triplet")}; below: the margins of all, worst to best`;
    marks.push(text(drawingLeft, drawingTop + height - 12, note, quiet));
    marks.push(
      ...marginStrip(figure.rows, drawingLeft, drawingTop + height + 8, right - drawingLeft),
    );
    height += stripHeight + 16;
  }
  return { width: right - drawingLeft, height, marks };
}

function cosineScale(rows: readonly TripletRow[], left: number) {
  const values = rows.flatMap((row) => [row.cosinePositive, row.cosineNegative]);
  const finite = values.filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(0.1, ...finite);
  const pad = 0.04 * (high - low);
  const place = (value: number): number =>
    left + ((value - low + pad) / (high - low + 2 * pad)) * plotRoom;
  const values4 = niceTicks(low, high, 5);
  const step = values4.length > 1 ? values4[1]! - values4[0]! : 1;
  const digits = Math.min(2, Math.max(1, decimalsOf(step)));
  const ticks = values4.map((value) => ({ value, label: formatFixed(value, digits) }));
  return { place, ticks };
}

/** A check mark or a cross: right and wrong by shape as well as by colour. */
function sign({ margin }: TripletRow, x: number, y: number): Mark[] {
  if (margin > 0) {
    const d = `M${x - 5} ${y}L${x - 1} ${y + 4}L${x + 5} ${y - 5}`;
    return [{ kind: "path", d, fill: "none", stroke: rightColor, width: 2 }];
  }
  const d = `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`;
  return [{ kind: "path", d, fill: "none", stroke: wrongColor, width: 2 }];
}

/** Positive as a disc, negative as an open diamond, joined by their margin. */
function dumbbell(row: TripletRow, place: (value: number) => number, y: number): Mark[] {
  if (!Number.isFinite(row.margin)) return [text(place(0) + 6, y + 4, "n/a", { size: tickSize })];
  const color = row.margin > 0 ? rightColor : wrongColor;
  const positive = place(row.cosinePositive);
  const negative = place(row.cosineNegative);
  return [
    line(negative, y, positive, y, color, 2),
    diamond(negative, y, color),
    { kind: "circle", x: positive, y, radius: 4.5, fill: color },
  ];
}

function diamond(x: number, y: number, color: string): Mark {
  const d = `M${x} ${y - 5.5}L${x + 5.5} ${y}L${x} ${y + 5.5}L${x - 5.5} ${y}Z`;
  return { kind: "path", d, fill: ink.ground, stroke: color, width: 1.5 };
}

function key(x: number, y: number, quiet: { size: number; color: string }): Mark[] {
  const second = x + 84;
  return [
    { kind: "circle", x: x + 5, y: y - 4, radius: 4.5, fill: ink.quiet },
    text(x + 16, y, "positive", quiet),
    diamond(second + 5, y - 4, ink.quiet),
    text(second + 16, y, "negative", quiet),
  ];
}

/** All margins in order as thin bars around their zero line. */
function marginStrip(
  rows: readonly TripletRow[],
  left: number,
  top: number,
  width: number,
): Mark[] {
  const n = Math.min(rows.length, maxStripBars);
  const margins = Array.from(
    { length: n },
    (_, i) => rows[Math.floor(((i + 0.5) * rows.length) / n)]!.margin,
  );
  const limit = Math.max(0.05, ...margins.map((value) => Math.abs(value) || 0));
  const middle = top + stripHeight / 2;
  const labels = 44;
  const step = (width - labels) / n;
  const marks: Mark[] = margins.map((margin, i) => {
    const size = ((Math.abs(margin) || 0) / limit) * (stripHeight / 2);
    const y = margin > 0 ? middle - size : middle;
    return rect(
      left + labels + i * step,
      y,
      Math.max(0.5, step * 0.8),
      size,
      margin > 0 ? rightColor : wrongColor,
    );
  });
  const style = { size: tickSize, anchor: "end", color: ink.quiet } as const;
  marks.push(line(left + labels, middle, left + width, middle, ink.axis));
  marks.push(text(left + labels - 8, top + 8, formatMargin(limit), style));
  marks.push(text(left + labels - 8, middle + 4, "0", style));
  marks.push(text(left + labels - 8, top + stripHeight, formatMargin(-limit), style));
  return marks;
}
