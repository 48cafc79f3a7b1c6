import { formatCount, formatFixed } from "../../../kernel/mulan/figures/contractLook.ts";
import type { RetrievalFigure } from "../../../kernel/mulan/figures/contractReport.ts";
import {
  drawMeasures,
  drawPlaces,
  drawQueryHead,
  drawQueryRow,
  drawRetrieval,
} from "../../../kernel/mulan/figures/contractReportLook.ts";
import type { ReportView, Sort } from "./view.ts";

/** Queries with the places of what answers them, and each one's ranking. */
export function retrievalView(figure: RetrievalFigure): ReportView {
  const { queries, nItems, clips } = figure;
  const sorts: Sort[] = [
    { id: "rank", label: "first place", descending: false, value: (row) => queries[row]!.rank },
    {
      id: "averagePrecision",
      label: "average precision",
      descending: true,
      value: (row) => queries[row]!.averagePrecision,
    },
    { id: "rocAuc", label: "ROC-AUC", descending: true, value: (row) => queries[row]!.rocAuc },
    {
      id: "nRelevant",
      label: "relevant clips",
      descending: true,
      value: (row) => queries[row]!.nRelevant,
    },
    { id: "name", label: "query", descending: false, value: (row) => queries[row]!.query },
  ];
  return {
    noun: "query",
    names: queries.map(({ query }) => query),
    sorts,
    sideBySide: true,
    overview(pen, room) {
      const rows = figure.measures.map((measure) => ({ name: measure.label, measure }));
      const headline = drawMeasures(pen, rows, room);
      const plots = drawRetrieval(pen, figure, {
        ...room,
        top: room.top + headline.height + 16,
      });
      const height = headline.height + 16 + plots.height;
      return { marks: [...headline.marks, ...plots.marks], hits: [], height };
    },
    list: (pen, _rows, width) => ({
      head: drawQueryHead(pen, nItems, { left: 0, top: 0, width }),
      pitch: 24,
      row: (row) => drawQueryRow(pen, queries[row]!, nItems, { left: 0, top: 0, width }),
    }),
    detail: (pen, row, room) => drawPlaces(pen, queries[row]!, nItems, room),
    sections(row) {
      const { query, top } = queries[row]!;
      return [
        {
          title: `Ranking for “${query}”`,
          clips: top.map(([place, score, relevant], i) => ({
            clip: clips.clips?.[place] ?? null,
            label: clips.labels[place] ?? "",
            place: i + 1,
            score,
            mark: relevant ? "right" : null,
            note: "",
          })),
          empty: "its ranking is not stored here; a running kernel has it",
        },
      ];
    },
    tell(row) {
      const { query, from, rank, averagePrecision, nRelevant, rocAuc } = queries[row]!;
      return [
        `${query} (${from}): first relevant clip at place ${formatCount(rank)} of ${formatCount(nItems)}`,
        `average precision ${formatFixed(averagePrecision, 3)}`,
        rocAuc !== null && `ROC-AUC ${formatFixed(rocAuc, 3)}`,
        `${formatCount(nRelevant)} relevant`,
      ]
        .filter(Boolean)
        .join(", ");
    },
    ranking: {
      of: (row) => ({ query: queries[row]!.index }),
      relevantInWords: "that answer the query",
    },
    table: () => [
      ["query", "from", "relevant", "first place", "average precision", "ROC-AUC"],
      ...queries.map((row) => [
        row.query,
        row.from,
        row.nRelevant,
        row.rank,
        row.averagePrecision,
        row.rocAuc ?? "",
      ]),
    ],
  };
}
