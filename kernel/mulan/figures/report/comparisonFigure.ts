import type { ComparisonReport, Report } from "../../evaluation/report.ts";
import type { FigureContext } from "../context.ts";
import type { ComparisonFigure } from "../contractReport.ts";
import { baseOf, measureData, shortText } from "./base.ts";
import { describeReport } from "./describe.ts";
import { round4, round4OrNull, roundPair } from "./round.ts";

const maxRows = 40;
const maxDifferences = 400;
const maxModelsByLabel = 4;
const maxLabels = 600;

export function comparisonFigure(
  report: ComparisonReport,
  context: FigureContext,
): ComparisonFigure {
  const body = {
    ...baseOf(report, context),
    task: "comparison" as const,
    of: report.of,
    rows: report.rows.slice(0, maxRows).map(({ id, kind, from, measures, seenLabels }) => ({
      id: shortText(id, 80),
      kind,
      from: from === null ? null : shortText(from, 160),
      measures: measures.map(measureData),
      nSeenLabels: seenLabels.length,
    })),
    differences: report.differences
      .slice(0, maxDifferences)
      .map(({ a, b, measure, difference, interval }) => ({
        a: shortText(a, 80),
        b: shortText(b, 80),
        measure,
        difference: round4(difference),
        interval: roundPair(interval)!,
      })),
    perLabel: labelByLabel(report.reports),
  };
  return { ...body, ...describeReport(body) };
}

/** Where two or more of the reports have the same labels. */
function labelByLabel(reports: readonly Report[]): ComparisonFigure["perLabel"] {
  const over = reports
    .filter((report) => report.task === "tagging" || report.task === "probe")
    .slice(0, maxModelsByLabel);
  const [first] = over;
  if (!first || over.length < 2) return null;
  const names = first.labels.map(({ label }) => label);
  const alike = over.every(
    ({ labels }) =>
      labels.length === names.length && labels.every(({ label }, i) => label === names[i]),
  );
  if (!alike) return null;
  const n = Math.min(maxLabels, names.length);
  return {
    labels: names.slice(0, n).map((name, i) => shortText(name, 80) || `(${i + 1})`),
    nPositive: first.labels.slice(0, n).map(({ nPositive }) => nPositive),
    models: over.map(({ model, labels }) => ({
      id: shortText(model.id, 80),
      rocAuc: labels.slice(0, n).map(({ rocAuc }) => round4OrNull(rocAuc)),
      averagePrecision: labels
        .slice(0, n)
        .map(({ averagePrecision }) => round4OrNull(averagePrecision)),
    })),
  };
}
