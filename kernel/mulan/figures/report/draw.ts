import type {
  ComparisonFigure,
  LabelRow,
  LabelsReportFigure,
  MeasureData,
  ReportFigure,
  RetrievalFigure,
  TripletsReportFigure,
} from "../contractReport.ts";
import { countOf } from "../scale/numbers.ts";
import { type Mark, text, tickSize } from "../scene/scene.ts";
import { mainMeasure } from "./describe.ts";
import { comparedMeasures, drawComparison } from "./drawComparison.ts";
import {
  drawLabelHead,
  drawLabelRows,
  headHeight,
  type LabelMeasure,
  labelMeasureNames,
  labelRange,
  labelRoomOf,
} from "./drawLabels.ts";
import { drawMargins } from "./drawMargins.ts";
import { drawMeasures } from "./drawMeasures.ts";
import { drawPairs } from "./drawPairs.ts";
import { drawProbe } from "./drawProbe.ts";
import { drawRetrieval } from "./drawRetrieval.ts";
import { drawSpread } from "./drawSpread.ts";
import { drawTripletHead, drawTripletRows } from "./drawTripletRows.ts";
import type { Panel, Pen, Room } from "./pen.ts";

const partGap = 20;
const columnGap = 32;
/** A page of a paper takes two columns of these; of more labels the ends and the spread say more. */
const mostRowsAColumn = 26;
const rowsOfEnds = 10;
const labelPitch = 18;
const shownTriplets = 10;
const maxPairs = 8;

/** What a person has chosen to look at; the PNG shows the usual. */
export interface StaticChoice {
  readonly labelMeasure?: LabelMeasure;
  readonly measure?: string;
}

/** The whole report as one still picture: for the PNG, and for what a page saves. */
export function drawReportPanels(
  pen: Pen,
  figure: ReportFigure,
  room: Room,
  choice: StaticChoice = {},
): Panel {
  const parts = stacked(room, partsOf(pen, figure, choice));
  return { marks: parts.marks, hits: [], height: parts.height };
}

/** Draws itself where it is told to. */
type Part = (room: Room) => Panel;

function partsOf(pen: Pen, figure: ReportFigure, choice: StaticChoice): Part[] {
  switch (figure.task) {
    case "tagging":
      return [
        headline(pen, figure.measures),
        labelSpread(pen, figure, choice.labelMeasure),
        labelColumns(pen, figure, choice.labelMeasure),
      ];
    case "probe":
      return [
        headline(pen, figure.measures),
        (room) => drawProbe(pen, figure, room),
        labelSpread(pen, figure, choice.labelMeasure),
        labelColumns(pen, figure, choice.labelMeasure),
      ];
    case "retrieval":
      return retrievalParts(pen, figure);
    case "triplets":
      return tripletParts(pen, figure);
    case "comparison":
      return comparisonParts(pen, figure, choice.measure);
  }
}

function headline(pen: Pen, measures: readonly MeasureData[]): Part {
  const rows = measures.map((measure) => ({ name: measure.label, measure }));
  return (room) => drawMeasures(pen, rows, room);
}

/** How the values of very many labels are spread; fewer are all drawn anyway. */
function labelSpread(
  pen: Pen,
  { labels, nLabels }: LabelsReportFigure,
  measure: LabelMeasure = "rocAuc",
): Part {
  const values = labels.flatMap((row) => row[measure] ?? []);
  if (labels.length <= 2 * mostRowsAColumn) return () => ({ marks: [], hits: [], height: 0 });
  const title = `${labelMeasureNames[measure]} of all ${countOf(nLabels, "label")}`;
  return (room) => drawSpread(pen, values, title, room);
}

/** All labels in two columns where they fit, else the best and the worst. */
function labelColumns(
  pen: Pen,
  { labels, nItems, nLabels }: LabelsReportFigure,
  measure: LabelMeasure = "rocAuc",
): Part {
  const sorted = sortLabels(labels, measure);
  const all = sorted.length <= 2 * mostRowsAColumn;
  const half = all ? Math.ceil(sorted.length / 2) : rowsOfEnds;
  const one = sorted.length <= 12;
  const columns = one ? [sorted] : [sorted.slice(0, half), sorted.slice(all ? half : -half)];
  return ({ left, top, width }) => {
    const columnWidth = one ? width : (width - columnGap) / 2;
    const range = labelRange(columns.flat(), measure);
    const labelRoom = labelRoomOf(pen, columns.flat(), 13, columnWidth * 0.42);
    const list = { measure, pitch: labelPitch, nItems, labelRoom, range };
    const whiskers = `${labelMeasureNames[measure]} by label with 95 % interval`;
    const anySeen = columns.flat().some(({ seen }) => seen);
    const chance = measure === "rocAuc" ? "dark line: chance" : "tick: prevalence";
    const tick = `${chance}${anySeen ? "; seen: met in the model's training" : ""}`;
    const rest = all ? "" : `; best and worst ${half} of ${countOf(nLabels, "label")}`;
    const note = pen.fit(`${whiskers}; ${tick}${rest}`, width, tickSize);
    const marks: Mark[] = [text(left, top + 10, note, { size: tickSize, color: pen.ink.quiet })];
    let height = 0;
    columns.forEach((rows, i) => {
      const room = {
        left: left + i * (columnWidth + columnGap),
        top: top + 20,
        width: columnWidth,
      };
      const headPanel = drawLabelHead(pen, rows, room, list);
      const body = drawLabelRows(pen, rows, { ...room, top: room.top + headHeight }, list);
      marks.push(...headPanel.marks, ...body.marks);
      height = Math.max(height, 20 + headHeight + body.height);
    });
    return { marks, hits: [], height };
  };
}

/** Best first; what could not be measured last. */
export function sortLabels(labels: readonly LabelRow[], measure: LabelMeasure): LabelRow[] {
  return [...labels].sort((a, b) => (b[measure] ?? -1) - (a[measure] ?? -1) || a.index - b.index);
}

function retrievalParts(pen: Pen, figure: RetrievalFigure): Part[] {
  return [headline(pen, figure.measures), (room) => drawRetrieval(pen, figure, room)];
}

function tripletParts(pen: Pen, figure: TripletsReportFigure): Part[] {
  const rows = tripletMeasures(figure);
  const worst = figure.rows.slice(0, shownTriplets);
  return [
    (room) => drawMeasures(pen, rows, room),
    (room) => drawMargins(pen, figure, room),
    (room) => {
      const top = drawTripletHead(pen, worst, room);
      const body = drawTripletRows(pen, worst, { ...room, top: room.top + top.height });
      return {
        marks: [...top.marks, ...body.marks],
        hits: [],
        height: worst.length > 0 ? top.height + body.height : 0,
      };
    },
  ];
}

/** The model's own accuracy and, as diamonds, the baselines'. */
export function tripletMeasures({ measures, model, baselines }: TripletsReportFigure) {
  return [
    ...measures.map((measure, i) => ({
      name: i === 0 && model ? model : measure.label,
      measure,
    })),
    ...baselines.map(({ id, accuracy }) => ({
      name: id,
      measure: accuracy,
      shape: "diamond" as const,
    })),
  ];
}

function comparisonParts(pen: Pen, figure: ComparisonFigure, chosen?: string): Part[] {
  const name = chosen ?? mainMeasure(figure);
  const all = comparedMeasures(figure);
  const first = all.filter((measure) => measure.name === name);
  const measures = [...first, ...all.filter((measure) => measure.name !== name)];
  return [
    (room) => drawComparison(pen, figure.rows, measures, room),
    (room) => drawPairs(pen, figure.differences, measures, room, { most: maxPairs }),
  ];
}

function stacked({ left, top, width }: Room, parts: readonly Part[]): Panel {
  const marks: Mark[] = [];
  let y = top;
  for (const part of parts) {
    const panel = part({ left, top: y, width });
    if (panel.height === 0) continue;
    marks.push(...panel.marks);
    y += panel.height + partGap;
  }
  return { marks, hits: [], height: Math.max(0, y - top - partGap) };
}
