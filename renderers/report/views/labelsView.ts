import { formatFixed } from "../../../kernel/mulan/figures/contractLook.ts";
import type {
  LabelRow,
  LabelsReportFigure,
  ScoredClip,
} from "../../../kernel/mulan/figures/contractReport.ts";
import {
  drawCurves,
  drawLabelHead,
  drawLabelRows,
  drawMeasures,
  drawProbe,
  formatInterval,
  type LabelMeasure,
  labelMeasureNames,
  labelRange,
  labelRoomOf,
} from "../../../kernel/mulan/figures/contractReportLook.ts";
import type { ClipSection, ListedClip, ReportView, Sort } from "./view.ts";

const pitch = 20;

/** Labels with their curves, the worst mistakes of each, and its whole ranking. */
export function labelsView(figure: LabelsReportFigure): ReportView {
  const { labels, nItems, clips, tags } = figure;
  const measureOf = (sort: string): LabelMeasure =>
    sort === "averagePrecision" ? "averagePrecision" : "rocAuc";
  const sorts: Sort[] = [
    {
      id: "rocAuc",
      label: "ROC-AUC",
      descending: true,
      value: (row) => labels[row]!.rocAuc,
    },
    {
      id: "averagePrecision",
      label: "average precision",
      descending: true,
      value: (row) => labels[row]!.averagePrecision,
    },
    {
      id: "nPositive",
      label: "positives",
      descending: true,
      value: (row) => labels[row]!.nPositive,
    },
    { id: "name", label: "name", descending: false, value: (row) => labels[row]!.label },
  ];
  const listed =
    (mark: ListedClip["mark"]) =>
    ([place, score]: ScoredClip): ListedClip => ({
      clip: clips.clips?.[place] ?? null,
      label: clips.labels[place] ?? "",
      score,
      mark,
      note: (tags[place] ?? []).map((tag) => labels[tag]?.label ?? "").join(", "),
    });
  return {
    noun: "label",
    names: labels.map(({ label }) => label),
    sorts,
    sideBySide: true,
    overview(pen, room) {
      const rows = figure.measures.map((measure) => ({ name: measure.label, measure }));
      const headline = drawMeasures(pen, rows, room);
      if (figure.task !== "probe") return headline;
      const below = { ...room, top: room.top + headline.height + 16 };
      const probe = drawProbe(pen, figure, below);
      return {
        marks: [...headline.marks, ...probe.marks],
        hits: [],
        height: headline.height + 16 + probe.height,
      };
    },
    list(pen, rows, width, sort) {
      const measure = measureOf(sort);
      const shown = rows.map((row) => labels[row]!);
      const list = {
        measure,
        pitch,
        nItems,
        // Of all, not of what a filter leaves: columns would jump while somebody types.
        labelRoom: labelRoomOf(pen, labels, 13, width * 0.42),
        range: labelRange(labels, measure),
      };
      const room = { left: 0, top: 0, width };
      return {
        head: drawLabelHead(pen, shown, room, list),
        pitch,
        row: (row) => drawLabelRows(pen, [labels[row]!], room, list).marks,
      };
    },
    detail: (pen, row, room) => drawCurves(pen, labels[row]!, nItems, room),
    sections(row): ClipSection[] {
      const { falsePositives, misses, label } = labels[row]!;
      return [
        {
          title: `Scored highest without “${label}”`,
          clips: falsePositives.map(listed("wrong")),
          empty: "every clip has it",
        },
        {
          title: `Scored lowest with “${label}”`,
          clips: misses.map(listed("wrong")),
          empty: "no clip has it",
        },
      ];
    },
    tell: (row) => tellLabel(labels[row]!, nItems),
    ranking: {
      of: (row) => ({ label: labels[row]!.index }),
      relevantInWords: "with this label",
    },
    table: () => [
      [
        ...["label", "positives", "prevalence", "ROC-AUC", "ROC-AUC low", "ROC-AUC high"],
        ...["average precision", "AP low", "AP high", "seen in training"],
      ],
      ...labels.map((row) => [
        row.label,
        row.nPositive,
        Number((row.nPositive / Math.max(1, nItems)).toFixed(4)),
        ...numbers([row.rocAuc, ...(row.rocAucInterval ?? [null, null])]),
        ...numbers([row.averagePrecision, ...(row.averagePrecisionInterval ?? [null, null])]),
        row.seen ? "yes" : "no",
      ]),
    ],
  };
}

function tellLabel(row: LabelRow, nItems: number): string {
  const { label, rocAuc, averagePrecision, nPositive, seen } = row;
  if (rocAuc === null) {
    return `${label}: ${nPositive === 0 ? "no positives" : "no negatives"}, not measured`;
  }
  const between = row.rocAucInterval ? ` (${formatInterval("", row.rocAucInterval)})` : "";
  return [
    `${label}: ${labelMeasureNames.rocAuc} ${formatFixed(rocAuc, 3)}${between}`,
    averagePrecision !== null &&
      `${labelMeasureNames.averagePrecision} ${formatFixed(averagePrecision, 3)}`,
    `${nPositive} of ${nItems} clips`,
    seen && "seen in training",
  ]
    .filter(Boolean)
    .join(", ");
}

function numbers(values: readonly (number | null)[]): (string | number)[] {
  return values.map((value) => value ?? "");
}
