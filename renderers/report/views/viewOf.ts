import type { ReportFigure } from "../../../kernel/mulan/figures/contractReport.ts";
import { comparisonView } from "./comparisonView.ts";
import { labelsView } from "./labelsView.ts";
import { retrievalView } from "./retrievalView.ts";
import { tripletsView } from "./tripletsView.ts";
import type { ReportView } from "./view.ts";

export function viewOf(figure: ReportFigure): ReportView {
  switch (figure.task) {
    case "tagging":
    case "probe":
      return labelsView(figure);
    case "retrieval":
      return retrievalView(figure);
    case "triplets":
      return tripletsView(figure);
    case "comparison":
      return comparisonView(figure);
  }
}
