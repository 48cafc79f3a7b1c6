import { shorten } from "../embedding/describeEmbeddings.ts";
import type {
  ComparisonReport,
  LabelMeasures,
  Measured,
  MeasureName,
  PairedDifference,
  Report,
  ReportModel,
} from "./report.ts";

const SHOWN = 5;

/** What a report found, for a terminal: figures with their intervals, the best and worst rows, what failed. */
export function describeReport(report: Report): string {
  if (report.task === "comparison") return describeComparison(report).join("\n");
  const { data, model, measures, failures, conventions, seed } = report;
  return [
    `${TITLES[report.task]}: ${shorten(model.id)} on ${data.name} (${data.n} ${NOUNS[report.task]})`,
    ...measures.map((one) => `  ${measureLine(one)}`),
    ...bodyOf(report).map((line) => `  ${line}`),
    ...seenLines(model).map((line) => `  ${line}`),
    `  how (seed ${seed}):`,
    ...[...data.conventions, ...conventions].map((line) => `    ${line}`),
    ...failureLines(failures),
  ].join("\n");
}

const TITLES = {
  tagging: "Zero-shot tagging",
  probe: "Linear probe",
  retrieval: "Text-to-music retrieval",
  triplets: "Triplets",
} as const;

const NOUNS = {
  tagging: "clips",
  probe: "clips",
  retrieval: "clips",
  triplets: "triplets",
} as const;

/** "ROC-AUC (macro)  0.782 (95 %: 0.770 to 0.794; chance 0.5; n 50)". */
export function measureLine(measure: Measured): string {
  const { label, value, interval, chance, n, name } = measure;
  const facts = [
    interval && `95 %: ${formatMeasure(interval[0], name)} to ${formatMeasure(interval[1], name)}`,
    chance !== null && `chance ${formatMeasure(chance, name)}`,
    `n ${n}`,
  ];
  return `${label.padEnd(16)} ${formatMeasure(value, name)} (${facts.filter(Boolean).join("; ")})`;
}

/** Shares to three places, ranks to one where they are no whole numbers. */
export function formatMeasure(value: number, name?: MeasureName): string {
  return name === "medianRank" ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(3);
}

function bodyOf(report: Exclude<Report, ComparisonReport>): string[] {
  switch (report.task) {
    case "tagging":
      return [
        `prompts ${report.prompts.map((p) => JSON.stringify(p)).join(", ")}`,
        ...labelLines(report.labels),
      ];
    case "probe":
      return [
        `C ${report.chosenC}${report.triedC.length > 0 ? ", chosen on validation" : ", not chosen"}`,
        ...report.fewShot.map(
          ({ nPerLabel, rocAuc, interval }) =>
            `${nPerLabel} ${report.fewShotBy === "group" ? "groups with a positive" : "positives"} a label: ROC-AUC ${formatMeasure(rocAuc)} (${formatMeasure(interval[0])} to ${formatMeasure(interval[1])})`,
        ),
        ...labelLines(report.labels),
        ...constantLines(report.constantLabels ?? []),
      ];
    case "retrieval": {
      const hardest = [...report.queries].sort((a, b) => b.rank - a.rank).slice(0, SHOWN);
      return [
        "hardest queries (place of the first relevant clip):",
        ...hardest.map(({ query, rank }) => `  ${rank}  ${shorten(query, 60)}`),
      ];
    }
    case "triplets":
      return report.baselines.map(({ id, accuracy }) => `${id}: ${measureLine(accuracy)}`);
  }
}

function labelLines(labels: readonly LabelMeasures[]): string[] {
  const usable = labels.filter(({ rocAuc }) => rocAuc !== null);
  const sorted = usable.sort((a, b) => b.rocAuc! - a.rocAuc!);
  const line = ({ label, rocAuc, averagePrecision, nPositive, seen }: LabelMeasures) =>
    `  ${formatMeasure(rocAuc!)}  ${formatMeasure(averagePrecision!)}  ${String(nPositive).padStart(5)}  ${shorten(label)}${seen ? " (seen in training)" : ""}`;
  if (sorted.length <= 2 * SHOWN)
    return ["ROC-AUC   AP  clips  label, best first", ...sorted.map(line)];
  return [
    "ROC-AUC   AP  clips  label, best and worst",
    ...sorted.slice(0, SHOWN).map(line),
    `  … ${sorted.length - 2 * SHOWN} more`,
    ...sorted.slice(-SHOWN).map(line),
  ];
}

function constantLines(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  const names = labels.slice(0, SHOWN).map((label) => shorten(label));
  const more = labels.length > SHOWN ? `, and ${labels.length - SHOWN} more` : "";
  return [`left out, since all training items have them, or none: ${names.join(", ")}${more}`];
}

function seenLines({ seenLabels, seenHow }: ReportModel): string[] {
  const labels = seenLabels.length > 0 ? `${seenLabels.length} of these labels` : "";
  const how = seenHow === null ? "" : `this data set (${seenHow})`;
  const seen = [labels, how].filter(Boolean).join(" and ");
  return seen === "" ? [] : [`training saw ${seen}: not zero-shot there`];
}

function describeComparison({ of, data, rows, differences, failures }: ComparisonReport): string[] {
  const names = [...new Set(rows.flatMap(({ measures }) => measures.map(({ label }) => label)))];
  // Of one pair every measure; of many the first two say enough.
  const onePair = new Set(differences.map(({ a, b }) => JSON.stringify([a, b]))).size === 1;
  const own = (rows[0]?.measures ?? []).map(({ name }) => name);
  const main = onePair ? own : own.slice(0, 2);
  const widest = Math.max(...rows.map(({ id }) => shorten(id).length));
  const cell = (measures: readonly Measured[], name: string) => {
    const found = measures.find(({ label }) => label === name);
    if (!found) return `${name} –`;
    const { value, interval } = found;
    const shown = (of: number) => formatMeasure(of, found.name);
    const reach = interval ? ` [${shown(interval[0])}, ${shown(interval[1])}]` : "";
    return `${name} ${shown(value)}${reach}`;
  };
  return [
    `Comparison of ${rows.length} (${TITLES[of].toLowerCase()} on ${data.name}, ${data.n} ${NOUNS[of]})`,
    ...rows.map(({ id, kind, from, measures, seenLabels }) => {
      const about =
        kind === "quoted" ? ` (quoted: ${from})` : kind === "baseline" ? " (baseline)" : "";
      const seen = seenLabels.length > 0 ? ` (${seenLabels.length} labels seen in training)` : "";
      return `  ${shorten(id).padEnd(widest)}  ${names.map((name) => cell(measures, name)).join("  ")}${about}${seen}`;
    }),
    ...differences.filter(({ measure }) => main.includes(measure)).map(differenceLine),
    ...failureLines(failures),
  ];
}

function differenceLine({ a, b, measure, difference, interval }: PairedDifference): string {
  const [low, high] = interval;
  const doubt = low <= 0 && high >= 0 ? "; could be chance" : "";
  const reach = `95 %: ${signed(low, measure)} to ${signed(high, measure)}`;
  return `  ${b} − ${a}, ${measure}: ${signed(difference, measure)} (${reach}${doubt})`;
}

function signed(value: number, measure: MeasureName): string {
  return `${value < 0 ? "−" : "+"}${formatMeasure(Math.abs(value), measure)}`;
}

function failureLines(failures: Report["failures"]): string[] {
  if (failures.length === 0) return [];
  return [
    `  ${failures.length} failed:`,
    ...failures.slice(0, SHOWN).map(({ error }) => `    ${error.message}`),
    ...(failures.length > SHOWN ? [`    … and ${failures.length - SHOWN} more`] : []),
  ];
}
