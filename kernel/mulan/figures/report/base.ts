import type { Measured, Report } from "../../evaluation/report.ts";
import type { FigureContext } from "../context.ts";
import type { MeasureData, Provenance } from "../contractReport.ts";
import { shortenPlain } from "../plain/textTable.ts";
import { cleanText } from "../text/cleanText.ts";
import { round4, roundPair } from "./round.ts";

const shownFailures = 5;
const shownConventions = 24;

/** What every report's figure has, but its task and its words. */
export function baseOf(report: Report, context: FigureContext) {
  return {
    family: "report" as const,
    version: 1 as const,
    report: context.reportId?.(report) ?? null,
    model: "model" in report ? cleanText(report.model.id) || null : null,
    measures: "measures" in report ? report.measures.map(measureData) : [],
    provenance: provenanceOf(report),
  };
}

export function measureData(measured: Measured): MeasureData {
  const { name, label, value, interval, n, chance, higherIsBetter } = measured;
  return {
    name,
    label: cleanText(label),
    value: round4(value),
    interval: roundPair(interval),
    n,
    chance: chance === null ? null : round4(chance),
    higherIsBetter,
  };
}

/** A label or a query that stands in tables: whole sentences are cut in the middle. */
export function shortText(text: string, cells = 120): string {
  return shortenPlain(cleanText(text), cells);
}

function provenanceOf(report: Report): Provenance {
  const { data, conventions, seed, version, madeAt, failures } = report;
  const model = "model" in report ? report.model : undefined;
  const lines = (texts: readonly string[]): string[] =>
    texts.slice(0, shownConventions).map(cleanText);
  return {
    conventions: lines(conventions),
    data: {
      name: cleanText(data.name),
      sha256: data.sha256,
      n: data.n,
      conventions: lines(data.conventions),
    },
    modelSha256: model?.sha256 ?? null,
    seenHow: model?.seenHow ? cleanText(model.seenHow) : null,
    seed,
    libraryVersion: version,
    madeAt,
    nFailures: failures.length,
    failures: failures
      .slice(0, shownFailures)
      .map(
        ({ source, error }) => `${shortText(fileName(source), 64)}: ${cleanText(error.problem)}`,
      ),
  };
}

/** A path of the user's machine is nobody else's business. */
function fileName(source: string): string {
  return source.split(/[\\/]/).at(-1) ?? source;
}
