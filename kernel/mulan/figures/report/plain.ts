import type {
  ComparisonFigure,
  Difference,
  LabelsReportFigure,
  MeasureData,
  ProbeFigure,
  ReportFigure,
  RetrievalFigure,
  TripletsReportFigure,
} from "../contractReport.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatCount, formatFixed, formatMargin } from "../scale/numbers.ts";
import { differenceInWords, howMuch, mainMeasure } from "./describe.ts";
import { formatInterval, formatMeasure } from "./numbers.ts";

const shownLabels = 12;
const shownQueries = 12;
const shownTriplets = 8;
const shownDifferences = 10;
const shownClear = 5;
const fewPairs = 3;

/** Measures as a table, then what stands out; with title and reading line it tells the result alone. */
export function plainReport(figure: ReportFigure): string[] {
  switch (figure.task) {
    case "tagging":
      return [...measureTable(figure.measures), "", ...labelLines(figure)];
    case "probe":
      return [...measureTable(figure.measures), "", ...probeLines(figure), ...labelLines(figure)];
    case "retrieval":
      return [...measureTable(figure.measures), "", ...queryLines(figure)];
    case "triplets":
      return [
        ...measureTable([
          ...figure.measures.map((each) => ({ ...each, label: figure.model ?? each.label })),
          ...figure.baselines.map(({ id, accuracy }) => ({ ...accuracy, label: id })),
        ]),
        "",
        ...tripletLines(figure),
      ];
    case "comparison":
      return comparisonLines(figure);
  }
}

function measureTable(measures: readonly MeasureData[]): string[] {
  const rows = measures.map(({ name, label, value, interval, n, chance }) => [
    shortenPlain(label, 40),
    formatMeasure(name, value),
    interval && interval[0] < interval[1] ? formatInterval(name, interval) : "",
    chance === null ? "" : formatMeasure(name, chance),
    formatCount(n),
  ]);
  return textTable([["measure", "value", "95 %", "chance", "n"], ...rows]);
}

function labelLines({ labels, nItems }: LabelsReportFigure): string[] {
  const judged = labels
    .filter(({ rocAuc }) => rocAuc !== null)
    .sort((a, b) => b.rocAuc! - a.rocAuc!);
  const half = shownLabels / 2;
  const all = judged.length <= shownLabels;
  const shown = all ? judged : [...judged.slice(0, half), ...judged.slice(-half)];
  const rows = shown.map(({ label, rocAuc, averagePrecision, nPositive, seen }) => [
    shortenPlain(label, 36) + (seen ? " (seen)" : ""),
    formatFixed(rocAuc!, 3),
    averagePrecision === null ? "" : formatFixed(averagePrecision, 3),
    formatFixed(nPositive / Math.max(1, nItems), 3),
    formatCount(nPositive),
  ]);
  const lines = textTable([["label", "ROC-AUC", "AP", "prevalence", "positives"], ...rows]);
  if (all) return lines;
  const rest = `… ${countOf(judged.length - shown.length, "label")} between`;
  return [...lines.slice(0, half + 1), rest, ...lines.slice(half + 1)];
}

function probeLines({ chosenC, triedC, fewShot, fewShotBy }: ProbeFigure): string[] {
  const tried = triedC.map(({ c, rocAuc }) => `C ${c}: ${formatFixed(rocAuc, 3)}`).join(", ");
  const few = fewShot.map(
    ({ nPerLabel, rocAuc, interval }) =>
      `${nPerLabel}: ${formatFixed(rocAuc, 3)} (${formatInterval("rocAuc", interval)})`,
  );
  return [
    `chosen C ${chosenC}${tried ? ` by validation ROC-AUC (${tried})` : ""}`,
    ...(few.length > 0
      ? [
          `few-shot ROC-AUC by ${fewShotBy === "group" ? "groups" : "positives"} a label: ${few.join(", ")}`,
        ]
      : []),
    "",
  ];
}

function queryLines({ queries, nQueries, nItems }: RetrievalFigure): string[] {
  const sorted = [...queries].sort((a, b) => a.rank - b.rank || a.index - b.index);
  const half = shownQueries / 2;
  const all = sorted.length <= shownQueries;
  const shown = all ? sorted : [...sorted.slice(0, half), ...sorted.slice(-half)];
  const rows = shown.map(({ query, rank, nRelevant, averagePrecision }) => [
    shortenPlain(query, 48),
    formatCount(rank),
    formatFixed(averagePrecision, 3),
    formatCount(nRelevant),
  ]);
  const head = ["query", `place of ${formatCount(nItems)}`, "AP", "relevant"];
  const lines = textTable([head, ...rows]);
  if (all) return lines;
  const rest = `… ${countOf(nQueries - shown.length, "query", "queries")} between`;
  return [...lines.slice(0, half + 1), rest, ...lines.slice(half + 1)];
}

function tripletLines({ rows, n }: TripletsReportFigure): string[] {
  const worst = rows
    .slice(0, shownTriplets)
    .map(({ anchor, positive, negative, margin }) => [
      margin > 0 ? "right" : "wrong",
      shortenPlain(anchor, 24),
      shortenPlain(positive, 28),
      shortenPlain(negative, 28),
      formatMargin(margin),
    ]);
  if (worst.length === 0) return [];
  const head = ["worst first", "anchor", "positive", "negative", "margin"];
  const lines = textTable([head, ...worst], (column) => column > 3);
  const rest = n - worst.length;
  return rest > 0 ? [...lines, `… and ${countOf(rest, "more triplet")}`] : lines;
}

function comparisonLines(figure: ComparisonFigure): string[] {
  const { rows, differences } = figure;
  const names = [
    ...new Map(rows.flatMap(({ measures }) => measures.map((m) => [m.name, m.label]))),
  ];
  const shown = names.slice(0, 4);
  const table = rows.map(({ id, kind, measures }) => [
    shortenPlain(id, 36) + (kind === "measured" ? "" : ` (${kind})`),
    ...shown.map(([name]) => {
      const found = measures.find((each) => each.name === name);
      if (!found) return "";
      const interval = found.interval ? ` (${formatInterval(name, found.interval)})` : "";
      return formatMeasure(name, found.value) + interval;
    }),
  ]);
  const main = mainMeasure(figure);
  const [first] = differences;
  if (first && differences.every(({ a, b }) => a === first.a && b === first.b)) {
    const heading = `paired on the same items, ${shortenPlain(first.b, 36)} minus ${shortenPlain(first.a, 36)}:`;
    const lines = names.flatMap(([name, label]) => {
      const found = differences.find(({ measure }) => measure === name);
      return found ? [`${label}: ${howMuch(found)}`] : [];
    });
    return [
      ...textTable([["", ...shown.map(([, label]) => label)], ...table]),
      "",
      heading,
      ...lines,
    ];
  }
  const paired = names.flatMap(([name, label]) => {
    const all = differences.filter(({ measure }) => measure === name);
    if (all.length === 0) return [];
    if (name !== main && all.length > fewPairs) return ["", ...clearPairs(label, all)];
    return ["", `${label}, paired on the same items:`, ...pairLines(all)];
  });
  return [...textTable([["", ...shown.map(([, label]) => label)], ...table]), ...paired];
}

const isClear = ({ interval: [low, high] }: Difference): boolean => low > 0 || high < 0;

/** The first, and how many there are besides. */
function pairLines(all: readonly Difference[]): string[] {
  const lines = all.slice(0, shownDifferences).map(differenceInWords);
  const rest = all.slice(shownDifferences);
  if (rest.length === 0) return lines;
  const nClear = rest.filter(isClear).length;
  return [...lines, `… and ${countOf(rest.length, "more pair")}, ${nClear} of them clear of 0`];
}

/** Of a measure that is not the first, which of many pairs it tells apart. */
function clearPairs(label: string, all: readonly Difference[]): string[] {
  const clear = all.filter(isClear);
  const rest = clear.length - shownClear;
  return [
    `${label}, paired on the same items: ${clear.length} of ${countOf(all.length, "pair")} clear of 0`,
    ...clear.slice(0, shownClear).map(differenceInWords),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
  ];
}
