import { groupNumbers } from "../../evaluation/groups.ts";
import type { LabelMeasures, ProbeReport, TaggingReport } from "../../evaluation/report.ts";
import type { FigureContext } from "../context.ts";
import type { LabelRow, ProbeFigure, ScoredClip, TaggingFigure } from "../contractReport.ts";
import { cleanText } from "../text/cleanText.ts";
import { baseOf, shortText } from "./base.ts";
import { ClipTable } from "./clipTable.ts";
import { encodeCurve } from "./curve.ts";
import { describeReport } from "./describe.ts";
import { averagePrecisionInterval, judgeColumn } from "./judgeColumn.ts";
import { rankScores } from "./rankScores.ts";
import { reduceCurve } from "./reduceCurve.ts";
import { round4, round4OrNull, roundPair } from "./round.ts";

/** More than any tag set in use; AudioSet has 527 labels. */
const maxLabels = 600;
const mostExamples = 5;
const fewestExamples = 2;
/** Of the clips that examples name, with their tags. */
const exampleBytes = 52_000;
const curvePoints = { most: 100, least: 24, ofAll: 6500 };
const maxTags = 6;
/** More than a sentence names. */
const maxConstant = 3;

type LabelsReport = TaggingReport | ProbeReport;

/** One column of scores, judged. */
interface Column {
  readonly row: LabelMeasures;
  readonly index: number;
  readonly scores: Float32Array;
  readonly truth: Uint8Array;
  readonly order: Uint32Array;
}

export function taggingFigure(report: TaggingReport, context: FigureContext): TaggingFigure {
  const body = {
    ...baseOf(report, context),
    task: "tagging" as const,
    ...labelTable(report, context, "cosine"),
    prompts: report.prompts.map(cleanText),
  };
  return { ...body, ...describeReport(body) };
}

export function probeFigure(report: ProbeReport, context: FigureContext): ProbeFigure {
  const body = {
    ...baseOf(report, context),
    task: "probe" as const,
    ...labelTable(report, context, "logit"),
    chosenC: report.chosenC,
    triedC: report.triedC.map(({ c, rocAuc }) => ({ c, rocAuc: round4(rocAuc) })),
    fewShot: report.fewShot.map(({ nPerLabel, rocAuc, interval }) => ({
      nPerLabel,
      rocAuc: round4(rocAuc),
      interval: roundPair(interval)!,
    })),
    ...(report.constantLabels && {
      constantLabels: report.constantLabels
        .slice(0, maxConstant)
        .map((label) => shortText(label, 80)),
      nConstantLabels: report.constantLabels.length,
    }),
    ...(report.fewShotBy && { fewShotBy: report.fewShotBy }),
  };
  return { ...body, ...describeReport(body) };
}

function labelTable(report: LabelsReport, context: FigureContext, scoreName: string) {
  const { items, labels, scores, truth, nLabelsLeftOut } = report;
  const chosen = chooseLabels(labels);
  const columns = chosen.map((index): Column => {
    const column = columnOf(scores, index, labels.length, items.length);
    const marks = columnOf(truth, index, labels.length, items.length);
    return { row: labels[index]!, index, scores: column, truth: marks, order: rankScores(column) };
  });
  const places = new Map(chosen.map((index, place) => [index, place]));
  const tagsOf = (item: number): number[] => {
    const found: number[] = [];
    for (const [index, place] of places) {
      if (found.length === maxTags) break;
      if (truth[item * labels.length + index]) found.push(place);
    }
    return found;
  };
  const groups = groupNumbers(items);
  const { examples, table } = fitExamples(columns, items);
  const { ofAll, least, most } = curvePoints;
  const nPoints = Math.max(least, Math.min(most, Math.floor(ofAll / Math.max(1, columns.length))));
  return {
    nItems: items.length,
    nLabels: labels.length,
    labels: columns.map((column, i) => labelRow(column, nPoints, examples[i]!, groups)),
    nLabelsLeftOut,
    clips: table.toItems(context, exampleBytes),
    tags: table.items.map(tagsOf),
    scoreName,
  };
}

/** In their order; of too many those with most positives. */
function chooseLabels(labels: readonly LabelMeasures[]): number[] {
  const all = labels.map((_, index) => index);
  if (all.length <= maxLabels) return all;
  return all
    .sort((a, b) => labels[b]!.nPositive - labels[a]!.nPositive || a - b)
    .slice(0, maxLabels)
    .sort((a, b) => a - b);
}

function columnOf<T extends Float32Array | Uint8Array>(
  matrix: T,
  column: number,
  nColumns: number,
  nRows: number,
): T {
  const values = matrix.slice(0, nRows) as T;
  for (let i = 0; i < nRows; i++) values[i] = matrix[i * nColumns + column]!;
  return values;
}

type Examples = Pick<LabelRow, "falsePositives" | "misses">;

/** As many examples a label as there is room for: their clips' names are the bulk of a large report. */
function fitExamples(columns: readonly Column[], items: LabelsReport["items"]) {
  for (let n = mostExamples; ; n--) {
    const table = new ClipTable(items);
    const examples = columns.map((column) => examplesOf(column, n, table));
    if (n === fewestExamples || table.cost <= exampleBytes) return { examples, table };
  }
}

function examplesOf({ order, truth, scores }: Column, n: number, table: ClipTable): Examples {
  const scored = (item: number): ScoredClip => [table.placeOf(item), round4(scores[item]!)];
  const falsePositives: ScoredClip[] = [];
  for (let i = 0; i < order.length && falsePositives.length < n; i++) {
    if (!truth[order[i]!]) falsePositives.push(scored(order[i]!));
  }
  const misses: ScoredClip[] = [];
  for (let i = order.length - 1; i >= 0 && misses.length < n; i--) {
    if (truth[order[i]!]) misses.push(scored(order[i]!));
  }
  return { falsePositives, misses };
}

function labelRow(
  column: Column,
  nPoints: number,
  examples: Examples,
  groups: readonly number[] | undefined,
): LabelRow {
  const { row, index, scores, truth, order } = column;
  const { nPositive, rocAuc, averagePrecision } = row;
  const judged = rocAuc === null ? undefined : judgeColumn(scores, truth, order, groups);
  const nNegative = order.length - nPositive;
  const nIndependent = groups
    ? new Set(groups.filter((_, item) => truth[item] === 1)).size
    : nPositive;
  return {
    label: shortText(row.label, 80) || `(${index + 1})`,
    index,
    nPositive,
    rocAuc: round4OrNull(rocAuc),
    rocAucInterval: roundPair(judged?.rocAucInterval ?? null),
    averagePrecision: round4OrNull(averagePrecision),
    averagePrecisionInterval: roundPair(
      averagePrecision === null ? null : averagePrecisionInterval(averagePrecision, nIndependent),
    ),
    seen: row.seen,
    curve: judged ? encodeCurve(reduceCurve(judged.points, nPoints), nPositive, nNegative) : "",
    ...examples,
  };
}
