import { readFile } from "node:fs/promises";
import { MulanError } from "../../foundation/errors.ts";
import { asReport } from "../asReport.ts";
import type { Report } from "../report.ts";
import { reportFromJson } from "./reportJson.ts";

/**
 * Reads a report that saveReport wrote as .json, scores and failures included; clips are known by path and excerpt.
 * @throws MulanError `report-file.not-found`, `report-file.invalid`
 */
export async function loadReport(path: string): Promise<Report> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const what = cause.code === "ENOENT" ? "there is no such file" : cause.message;
    throw new MulanError("report-file.not-found", what, { subject: path }, { cause });
  });
  const report = reportFromJson(text, path);
  checkSizes(report, path);
  if (report.task === "comparison") report.reports.forEach(asReport);
  return asReport(report);
}

/** A file that was edited or cut would otherwise show in the middle of a drawing. */
function checkSizes(report: Report, path: string): void {
  const sizes = sizesOf(report);
  const odd = sizes.find(([, got, expected]) => got !== expected);
  if (!odd) return;
  const [what, got, expected] = odd;
  throw new MulanError("report-file.invalid", `the number of ${what} does not fit`, {
    subject: path,
    expected: String(expected),
    got: String(got),
  });
}

function sizesOf(report: Report): [what: string, got: number | undefined, expected: number][] {
  switch (report.task) {
    case "tagging":
    case "probe": {
      const size = report.items.length * report.labels.length;
      return [
        ["scores", report.scores?.length, size],
        ["truths", report.truth?.length, size],
      ];
    }
    case "retrieval":
      return [["scores", report.scores?.length, report.items.length * report.queries.length]];
    case "triplets":
      return [
        ["sources", report.sources?.length, report.rows.length],
        ["clusters", report.clusters?.ofRows?.length, report.rows.length],
      ];
    case "comparison":
      return report.reports.flatMap(sizesOf);
    default:
      return [["known tasks", 0, 1]];
  }
}
