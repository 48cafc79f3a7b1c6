import { MulanError } from "../../foundation/errors.ts";
import { nameOf } from "../entryArguments.ts";
import type { SingleReport } from "./paired.ts";

/** What a task's items are called. */
export const NOUNS = {
  tagging: "clips",
  probe: "clips",
  retrieval: "queries",
  triplets: "triplets",
} as const;

/** @throws MulanError `compare.reports` */
export function checkList(given: unknown): void {
  if (Array.isArray(given)) return;
  throw new MulanError("compare.reports", "a comparison takes a list", {
    expected: "compare([one, other]) or compare(models, evaluation)",
    got: nameOf(given),
  });
}

/** @throws MulanError `compare.reports` where something else than reports of one evaluation each is compared */
export function checkReports(reports: readonly unknown[], what = "this"): void {
  const odd = reports.find((one) => !isSingleReport(one));
  if (odd === undefined && !reports.includes(undefined)) return;
  const isComparison = (odd as { task?: unknown } | undefined)?.task === "comparison";
  throw new MulanError("compare.reports", `${what} is no report that can be compared`, {
    expected: "reports of evaluateTagging, evaluateProbe, evaluateRetrieval or evaluateTriplets",
    got: nameOf(odd),
    remedy: isComparison
      ? "Compare the reports that it was made of: compare([...a.reports, ...b.reports])"
      : "Say how each is evaluated: compare([one, other], (model) => evaluateTagging(model, data))",
  });
}

function isSingleReport(value: unknown): boolean {
  const { kind, task } = (value ?? {}) as { kind?: unknown; task?: unknown };
  return kind === "report" && typeof task === "string" && Object.hasOwn(NOUNS, task);
}

/** @throws MulanError `compare.few`, `compare.task`, `compare.data` */
export function checkComparable(reports: readonly SingleReport[], nNeeded: number): void {
  const [first, ...others] = reports;
  if (!first || reports.length < nNeeded) {
    throw new MulanError("compare.few", "a comparison needs two models or more", {
      expected: "several, or one beside published figures: { published: true }",
      got: String(reports.length),
    });
  }
  for (const other of others) {
    if (other.task !== first.task) {
      throw new MulanError("compare.task", "the reports answer different questions", {
        got: `${first.task} and ${other.task}`,
      });
    }
    if (other.data.sha256 !== first.data.sha256 || !sameLabels(first, other)) {
      throw new MulanError("compare.data", "the reports were made on different data", {
        expected: "the same data set and labels for all",
        got: `${describeData(first)} and ${describeData(other)}`,
      });
    }
  }
}

function sameLabels(a: SingleReport, b: SingleReport): boolean {
  return labelsOf(a).join("\n") === labelsOf(b).join("\n");
}

function labelsOf(report: SingleReport): string[] {
  return "labels" in report ? report.labels.map(({ label }) => label) : [];
}

function describeData(report: SingleReport): string {
  const { name, sha256 } = report.data;
  const nLabels = labelsOf(report).length;
  return `${name} (${sha256.slice(0, 8)}${nLabels > 0 ? `, ${nLabels} labels` : ""})`;
}

/** @throws MulanError `compare.names` */
export function checkNames(nModels: number, names: readonly string[] | undefined): void {
  if (!names || names.length === nModels) return;
  throw new MulanError("compare.names", "the names do not fit the models", {
    expected: `${nModels} of them`,
    got: String(names.length),
  });
}
