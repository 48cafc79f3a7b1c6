import { categoryColors, rightColor, wrongColor } from "../colour/categories.ts";
import type { ReportFigure } from "../contractReport.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing } from "../scene/frame.ts";
import { ink } from "../scene/scene.ts";
import { fitText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";
import { drawReportPanels } from "./draw.ts";
import type { Pen } from "./pen.ts";

/** Of a column and a half of a paper. */
const width = 760;

const paperPen: Pen = {
  measure: measureText,
  fit: fitText,
  ink: {
    ...ink,
    strong: categoryColors[0],
    weak: "#9ecae1",
    right: rightColor,
    wrong: wrongColor,
    accent: "#1a7f37",
  },
};

/** The report on paper. */
export function drawReport(figure: ReportFigure): Drawing {
  if (isEmpty(figure)) {
    return emptyDrawing(
      "This report has nothing to show.",
      "await evaluateTagging(model, dataset)",
    );
  }
  const room = { left: drawingLeft, top: drawingTop, width };
  const { marks, height } = drawReportPanels(paperPen, figure, room);
  return { width, height, marks };
}

function isEmpty(figure: ReportFigure): boolean {
  return figure.task === "comparison" ? figure.rows.length === 0 : figure.measures.length === 0;
}
