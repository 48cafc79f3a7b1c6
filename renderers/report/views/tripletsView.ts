import { formatCosine, formatMargin } from "../../../kernel/mulan/figures/contractLook.ts";
import type { TripletsReportFigure } from "../../../kernel/mulan/figures/contractReport.ts";
import {
  drawMargins,
  drawMeasures,
  drawTripletHead,
  drawTripletRows,
  tripletMeasures,
} from "../../../kernel/mulan/figures/contractReportLook.ts";
import { nothing, type ReportView, type Sort } from "./view.ts";

const memberNames = ["anchor", "positive", "negative"] as const;

/** Triplets, the worst first, whole members and what can be heard of them below. */
export function tripletsView(figure: TripletsReportFigure): ReportView {
  const { rows, clips } = figure;
  const sorts: Sort[] = [
    { id: "margin", label: "margin", descending: false, value: (row) => rows[row]!.margin },
    {
      id: "cosinePositive",
      label: "cosine of the positive",
      descending: false,
      value: (row) => rows[row]!.cosinePositive,
    },
    {
      id: "cosineNegative",
      label: "cosine of the negative",
      descending: true,
      value: (row) => rows[row]!.cosineNegative,
    },
    { id: "name", label: "anchor", descending: false, value: (row) => rows[row]!.anchor },
  ];
  return {
    noun: "triplet",
    names: rows.map((row) => memberNames.map((name) => row[name]).join(" · ")),
    sorts,
    sideBySide: false,
    overview(pen, room) {
      const headline = drawMeasures(pen, tripletMeasures(figure), room);
      const below = { ...room, top: room.top + headline.height + 12 };
      const margins = drawMargins(pen, figure, below);
      const height = headline.height + 12 + margins.height;
      return { marks: [...headline.marks, ...margins.marks], hits: [], height };
    },
    list(pen, _shown, width) {
      const room = { left: 0, top: 0, width };
      return {
        head: drawTripletHead(pen, rows, room),
        pitch: 24,
        row: (row) => drawTripletRows(pen, rows, room, { only: row }).marks,
      };
    },
    detail: () => nothing,
    sections(row) {
      const triplet = rows[row]!;
      const right = triplet.margin > 0;
      const title = `${right ? "right" : "wrong"}: margin ${formatMargin(triplet.margin)}`;
      const members = memberNames.map((name, k) => {
        const place = triplet.clips[k as 0 | 1 | 2];
        const score = [null, triplet.cosinePositive, triplet.cosineNegative][k] ?? null;
        return {
          clip: place === null ? null : (clips.clips?.[place] ?? null),
          label: `${name}: ${triplet[name]}`,
          score,
          mark: null,
          note: "",
        };
      });
      return [{ title, clips: members, empty: "" }];
    },
    tell(row) {
      const { anchor, positive, negative, cosinePositive, cosineNegative, margin } = rows[row]!;
      return (
        `${margin > 0 ? "right" : "wrong"}, margin ${formatMargin(margin)}: ${anchor}; ` +
        `positive ${positive} ${formatCosine(cosinePositive)}; ` +
        `negative ${negative} ${formatCosine(cosineNegative)}`
      );
    },
    table: () => [
      ["anchor", "positive", "negative", "cosine positive", "cosine negative", "margin"],
      ...rows.map((row) => [
        row.anchor,
        row.positive,
        row.negative,
        row.cosinePositive,
        row.cosineNegative,
        row.margin,
      ]),
    ],
  };
}
