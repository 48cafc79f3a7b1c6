import type { ReportFigure } from "../../kernel/mulan/figures/contractReport.ts";
import { drawReportPanels } from "../../kernel/mulan/figures/contractReportLook.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import { createPen } from "./createPen.ts";
import { markElements } from "./marks.ts";
import type { State } from "./state.ts";

const widthPx = 880;

/** The report as its PNG has it, by the measure that is chosen now. */
export function savedImage(figure: ReportFigure, { sort }: State): FigureImage {
  const labelMeasure = sort === "averagePrecision" ? "averagePrecision" : "rocAuc";
  const room = { left: 0, top: 0, width: widthPx };
  const choice = { labelMeasure, measure: sort } as const;
  const { marks, height } = drawReportPanels(createPen(paper), figure, room, choice);
  return {
    title: figure.title,
    reading: figure.reading,
    model: figure.footnote,
    width: widthPx,
    height,
    content: markElements(marks),
  };
}
