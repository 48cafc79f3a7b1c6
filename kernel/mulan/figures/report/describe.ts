import type {
  ComparisonFigure,
  Difference,
  LabelRow,
  LabelsReportFigure,
  MeasureData,
  ReportFigure,
  RetrievalFigure,
  TripletsReportFigure,
} from "../contractReport.ts";
import { shortenPlain } from "../plain/textTable.ts";
import { countOf, formatCount, formatFixed } from "../scale/numbers.ts";
import { formatDifference, formatInterval, formatMeasure, measureInWords } from "./numbers.ts";

type Words = Pick<ReportFigure, "title" | "reading" | "footnote">;
type WithoutWords<F> = F extends ReportFigure ? Omit<F, keyof Words> : never;

export const taskNames = {
  tagging: "zero-shot tagging",
  probe: "linear probe",
  retrieval: "text to music",
  triplets: "triplets",
} as const;

const nameCells = 40;

/** Title, reading line and footnote of a report's figure. */
export function describeReport(figure: WithoutWords<ReportFigure>): Words {
  const { provenance } = figure;
  const { data } = provenance;
  const data0 = shortenPlain(data.name, 60);
  const parts = [
    figure.model,
    `${data0}${data.sha256 ? ` (sha256 ${data.sha256.slice(0, 12)})` : ""}`,
    `seed ${provenance.seed}`,
    provenance.nFailures > 0 && `${countOf(provenance.nFailures, "item")} failed`,
    `mulan-notebook ${provenance.libraryVersion}`,
    provenance.madeAt.slice(0, 10),
  ];
  const footnote = parts.filter(Boolean).join(" · ");
  switch (figure.task) {
    case "tagging":
    case "probe": {
      const what = figure.task === "tagging" ? "Zero-shot tagging" : "Linear probe";
      const size = `${countOf(figure.nLabels, "label")} × ${countOf(figure.nItems, "clip")}`;
      return { title: `${what}: ${size}, ${data0}`, reading: readLabels(figure), footnote };
    }
    case "retrieval": {
      const size = `${countOf(figure.nQueries, "query", "queries")} × ${countOf(figure.nItems, "clip")}`;
      return { title: `Text to music: ${size}, ${data0}`, reading: readRanks(figure), footnote };
    }
    case "triplets": {
      const title = `${countOf(figure.n, "triplet")}, ${data0}: is the anchor nearer to its positive?`;
      return { title, reading: readTriplets(figure), footnote };
    }
    case "comparison": {
      const title = `${countOf(figure.rows.length, "row")} compared, ${taskNames[figure.of]}, ${data0}`;
      return { title, reading: readComparison(figure), footnote };
    }
  }
}

function headline(measures: readonly MeasureData[], n = 2): string[] {
  return measures.slice(0, n).map((measure, i) => {
    const chance =
      measure.chance === null ? "" : `, chance ${formatMeasure(measure.name, measure.chance)}`;
    return `${measure.label} ${measureInWords(measure, i > 0)}${chance}`;
  });
}

type LabelsBody = WithoutWords<LabelsReportFigure>;

function readLabels(figure: LabelsBody): string {
  const { labels, measures } = figure;
  const judged = labels.filter(({ rocAuc }) => rocAuc !== null);
  if (judged.length === 0) return "no label has both positives and negatives: nothing to measure";
  const sorted = [...judged].sort((a, b) => b.rocAuc! - a.rocAuc!);
  const named = ({ label, rocAuc }: LabelRow): string =>
    `${shortenPlain(label, nameCells)} ${formatFixed(rocAuc!, 3)}`;
  const nSeen = labels.filter(({ seen }) => seen).length;
  const parts = [
    ...headline(measures),
    judged.length > 1 && `best by ROC-AUC: ${named(sorted[0]!)}, worst: ${named(sorted.at(-1)!)}`,
    ...leftOut(figure),
    nSeen > 0 &&
      (figure.task === "tagging"
        ? `${countOf(nSeen, "label")} seen in training: not zero-shot on ${nSeen === 1 ? "it" : "them"}`
        : `${countOf(nSeen, "label")} seen in training`),
  ];
  return parts.filter(Boolean).join("; ");
}

/** Of a probe, what it could not learn and what could not be measured are told apart. */
function leftOut(figure: LabelsBody): string[] {
  const constant = figure.task === "probe" ? (figure.constantLabels ?? []) : [];
  const nConstant = (figure.task === "probe" && figure.nConstantLabels) || constant.length;
  const nUndivided = figure.nLabelsLeftOut - nConstant;
  const names = `${constant.map((name) => shortenPlain(name, 20)).join(", ")}${nConstant > constant.length ? ", …" : ""}`;
  return [
    ...(nConstant > 0
      ? [`${countOf(nConstant, "label")} left out that all training items have, or none (${names})`]
      : []),
    ...(nUndivided > 0
      ? [`${countOf(nUndivided, "label")} left out (no positives or no negatives)`]
      : []),
  ];
}

function readRanks({ measures, nQueries, nItems }: Omit<RetrievalFigure, keyof Words>): string {
  if (nQueries === 0) return "no queries to judge";
  const median = measures.find(({ name }) => name === "medianRank");
  const others = measures.filter(({ name }) => name !== "medianRank");
  const half =
    median &&
    `half of the queries find a relevant clip by place ${formatMeasure("medianRank", median.value)} of ${formatCount(nItems)}`;
  return [...headline(others, 3), half].filter(Boolean).join("; ");
}

function readTriplets(figure: Omit<TripletsReportFigure, keyof Words>): string {
  const { n, nRight, measures, baselines } = figure;
  if (n === 0) return "no triplets to judge";
  const [accuracy] = measures;
  const beside = baselines.map(
    ({ id, accuracy: other }) => `${shortenPlain(id, nameCells)} ${measureInWords(other, true)}`,
  );
  const own = accuracy ? `: ${measureInWords(accuracy)}` : "";
  const chance =
    accuracy?.chance === null ||
    accuracy === undefined ||
    beside.some((text) => /chance/i.test(text))
      ? []
      : [`chance ${formatMeasure(accuracy.name, accuracy.chance)}`];
  return [`${formatCount(nRight)} of ${formatCount(n)} right${own}`, ...chance, ...beside].join(
    "; ",
  );
}

function readComparison(figure: Omit<ComparisonFigure, keyof Words>): string {
  const { rows, differences } = figure;
  const name = mainMeasure(figure);
  if (name === undefined) return "nothing to compare";
  const mainOf = (row: (typeof rows)[number]) => row.measures.find((each) => each.name === name);
  const own = rows
    .filter((row) => row.kind !== "quoted" && mainOf(row))
    .sort((a, b) => order(mainOf(a)!, mainOf(b)!));
  const nQuoted = rows.filter(({ kind }) => kind === "quoted").length;
  const best = own[0];
  const parts = [
    best &&
      `best of ours by ${mainOf(best)!.label}: ${shortenPlain(best.id, nameCells)} ${measureInWords(mainOf(best)!)}`,
    ...differences
      .filter(({ measure }) => measure === name)
      .slice(0, 2)
      .map(differenceInWords),
    nQuoted > 0 &&
      `${countOf(nQuoted, "row")} quoted from publications: their authors' runs, not ours`,
  ];
  return parts.filter(Boolean).join("; ");
}

function order(a: MeasureData, b: MeasureData): number {
  return a.higherIsBetter ? b.value - a.value : a.value - b.value;
}

/** What a comparison shows first: the first measure of its first row that has one. */
export function mainMeasure({ rows }: Pick<ComparisonFigure, "rows">): string | undefined {
  return rows.find(({ measures }) => measures.length > 0)?.measures[0]?.name;
}

/** "B − A: +0.012 (0.004–0.020), clear of 0". */
export function differenceInWords(difference: Difference): string {
  const short = (name: string): string => shortenPlain(name, 28);
  return `${short(difference.b)} minus ${short(difference.a)}: ${howMuch(difference)}`;
}

/** "+0.012 (0.004–0.020), clear of 0". */
export function howMuch({ measure, difference, interval }: Difference): string {
  const clear = interval[0] > 0 || interval[1] < 0;
  return (
    `${formatDifference(measure, difference)} ` +
    `(${formatInterval(measure, interval).replace("–", " to ")}), ${clear ? "clear of 0" : "0 inside: no clear difference"}`
  );
}
