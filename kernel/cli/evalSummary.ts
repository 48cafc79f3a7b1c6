import type { ComparisonReport, Report } from "../mulan/index.ts";

/** A report for other programs: everything but scores, clips and the reports inside a comparison (--out has them). */
export function reportSummary(report: Report): object {
  const failures = report.failures.map(({ source, error: { code, message } }) => ({
    source,
    code,
    message,
  }));
  const { kind, ...rest } = report;
  const heavy = new Set(["scores", "truth", "items", "sources", "rows", "reports", "queries"]);
  const light = Object.fromEntries(Object.entries(rest).filter(([key]) => !heavy.has(key)));
  return { ...light, ...(report.task === "comparison" && comparisonParts(report)), failures };
}

/** What is measured label by label stands in the measured rows' own reports, in the rows' order. */
function comparisonParts({ rows, reports }: ComparisonReport): object {
  const measured = rows.filter(({ kind }) => kind === "measured");
  const perLabel = reports.flatMap((report, i) =>
    "labels" in report ? [{ id: measured[i]!.id, labels: report.labels }] : [],
  );
  return { rows, ...(perLabel.length > 0 && { perLabel }) };
}
