import type { Report } from "../../evaluation/report.ts";
import type { FigureContext } from "../context.ts";
import type { ReportFigure } from "../contractReport.ts";
import { comparisonFigure } from "./comparisonFigure.ts";
import { probeFigure, taggingFigure } from "./labelsFigure.ts";
import { retrievalFigure } from "./retrievalFigure.ts";
import { tripletsReportFigure } from "./tripletsFigure.ts";

/** Evaluations answer plain data or a class around it: its `kind` and `task` tell. */
export function isReport(value: unknown): value is Report {
  const { kind, task } = (value ?? {}) as { readonly kind?: unknown; readonly task?: unknown };
  return kind === "report" && typeof task === "string";
}

/** Bounded whatever the report's size: tables and examples are cut, measures are not. */
export function reportFigure(report: Report, context: FigureContext): ReportFigure {
  switch (report.task) {
    case "tagging":
      return taggingFigure(report, context);
    case "probe":
      return probeFigure(report, context);
    case "retrieval":
      return retrievalFigure(report, context);
    case "triplets":
      return tripletsReportFigure(report, context);
    case "comparison":
      return comparisonFigure(report, context);
  }
}
