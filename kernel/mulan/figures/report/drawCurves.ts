import type { LabelRow } from "../contractReport.ts";
import { formatFixed } from "../scale/numbers.ts";
import { line, text } from "../scene/scene.ts";
import { decodeCurve, precisionCurve } from "./curve.ts";
import { measureInWords } from "./numbers.ts";
import type { Panel, Pen, Room } from "./pen.ts";
import { drawPlot, pathThrough, stroke, unitAxis } from "./plot.ts";

const gap = 16;
const highest = 180;

/** ROC and PR curve of one label side by side, with chance and prevalence. */
export function drawCurves(pen: Pen, row: LabelRow, nItems: number, room: Room): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  const nNegative = nItems - row.nPositive;
  if (row.curve === "" || row.rocAuc === null) {
    const why = `${row.label}: ${row.nPositive === 0 ? "no positives" : "no negatives"}, so there is no curve`;
    const note = text(left, top + 14, pen.fit(why, width, 13), { color: ink.quiet });
    return { marks: [note], hits: [], height: 24 };
  }
  const points = decodeCurve(row.curve, row.nPositive, nNegative);
  const each = Math.min(260, (width - gap) / 2);
  const height = Math.min(highest, each - 40);
  const words = (value: number, interval: readonly [number, number] | null): string =>
    measureInWords({ name: "", value, interval }, true);
  const roc = drawPlot(
    pen,
    { left, top, width: each },
    {
      title: "ROC",
      note: words(row.rocAuc, row.rocAucInterval),
      x: unitAxis("false positive rate"),
      y: unitAxis("recall"),
      height,
    },
  );
  const pr = drawPlot(
    pen,
    { left: left + each + gap, top, width: each },
    {
      title: "PR",
      note: words(row.averagePrecision ?? Number.NaN, row.averagePrecisionInterval),
      x: unitAxis(`recall, chance ${formatFixed(row.nPositive / nItems, 3)}`),
      y: unitAxis("precision"),
      height,
    },
  );
  const rocPath = points.map(
    ({ nTrue, nFalse }) => [roc.x(nFalse / nNegative), roc.y(nTrue / row.nPositive)] as const,
  );
  const prPath = precisionCurve(points, row.nPositive).map(
    ({ recall, precision }) => [pr.x(recall), pr.y(precision)] as const,
  );
  const prevalence = row.nPositive / nItems;
  const marks = [
    ...roc.marks,
    line(roc.x(0), roc.y(0), roc.x(1), roc.y(1), ink.axis, 1, "3 3"),
    stroke(pathThrough(rocPath), ink.strong),
    ...pr.marks,
    line(pr.x(0), pr.y(prevalence), pr.x(1), pr.y(prevalence), ink.axis, 1, "3 3"),
    stroke(pathThrough(prPath), ink.strong),
  ];
  return { marks, hits: [], height: roc.totalHeight };
}
