import { countOf } from "../../kernel/mulan/figures/contractLook.ts";
import type { ReportFigure } from "../../kernel/mulan/figures/contractReport.ts";

/** How the figures came about, a line each, for the unfolded footnote. */
export function notesOf({ provenance }: ReportFigure): string[] {
  const { data, conventions, modelSha256, seenHow, nFailures, failures } = provenance;
  const rest = nFailures - failures.length;
  return [
    ...conventions.map((line) => `Convention: ${line}`),
    `Data: ${data.name}, ${countOf(data.n, "item")}, sha256 ${data.sha256}`,
    ...data.conventions.map((line) => `Data: ${line}`),
    ...(modelSha256 ? [`Model: sha256 ${modelSha256}`] : []),
    ...(seenHow ? [`Model: ${seenHow}`] : []),
    `Seed ${provenance.seed}; mulan-notebook ${provenance.libraryVersion}; made ${provenance.madeAt}`,
    ...failures.map((line) => `Failed: ${line}`),
    ...(rest > 0 ? [`Failed: ${countOf(rest, "more item")}`] : []),
  ];
}
