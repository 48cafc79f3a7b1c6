import { decodeInt8 } from "../contract.ts";
import type { TripletsReportFigure } from "../contractReport.ts";
import { countOf, formatCount, formatMargin } from "../scale/numbers.ts";
import { line, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import type { Panel, Pen, Room } from "./pen.ts";

const height = 72;
const labels = 44;

/** The margins of all triplets, worst to best, around their zero line. */
export function drawMargins(pen: Pen, figure: TripletsReportFigure, room: Room): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  const margins = decodeInt8(figure.margins, figure.marginLimit);
  if (margins.length === 0) return { marks: [], hits: [], height: 0 };
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const head = `margins of all ${countOf(figure.n, "triplet")}, worst to best`;
  const plotTop = top + 24;
  const middle = plotTop + height / 2;
  const step = (width - labels) / margins.length;
  const marks: Mark[] = [text(left, top + 12, pen.fit(head, width, tickSize), quiet)];
  margins.forEach((margin, i) => {
    const size = (Math.abs(margin) / figure.marginLimit) * (height / 2);
    const x = left + labels + i * step;
    const y = margin > 0 ? middle - size : middle;
    marks.push(rect(x, y, Math.max(0.5, step * 0.8), size, margin > 0 ? ink.right : ink.wrong));
  });
  const right = { ...quiet, anchor: "end" } as const;
  const limit = formatMargin(figure.marginLimit);
  marks.push(line(left + labels, middle, left + width, middle, ink.axis));
  marks.push(text(left + labels - 8, plotTop + 9, limit, right));
  marks.push(text(left + labels - 8, middle + 4, "0", right));
  marks.push(text(left + labels - 8, plotTop + height, formatMargin(-figure.marginLimit), right));
  const wrong = figure.n - figure.nRight;
  const words = `${formatCount(wrong)} wrong`;
  const share = wrong / Math.max(1, figure.n);
  const wrongEnd = left + labels + share * (width - labels);
  if (wrong > 0 && wrongEnd + 12 + pen.measure(words, tickSize) < left + width) {
    marks.push(text(wrongEnd + 12, middle + height / 2 - 4, words, { ...quiet, color: ink.wrong }));
  }
  return { marks, hits: [], height: 24 + height + 4 };
}
