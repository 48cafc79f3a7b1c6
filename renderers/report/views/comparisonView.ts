import type { ComparisonFigure, Difference } from "../../../kernel/mulan/figures/contractReport.ts";
import {
  comparedMeasures,
  drawLabelDifferences,
  drawPairs,
  formatInterval,
  formatMeasure,
  layComparison,
  type Panel,
  textMark,
} from "../../../kernel/mulan/figures/contractReportLook.ts";
import { type Choice, nothing, type ReportView, type Sort } from "./view.ts";

const mostPairs = 8;
/** Rows of differences that are shown without being asked for: a screen below the table. */
const fewRows = 12;
const allMeasures = "all";

/** Models in rows, the measures as their orders; a model's differences from the others below, for each measure. */
export function comparisonView(figure: ComparisonFigure): ReportView {
  const { rows, perLabel } = figure;
  const measures = comparedMeasures(figure);
  const valueIn = (row: number, name: string): number | null =>
    rows[row]!.measures.find((each) => each.name === name)?.value ?? null;
  const sorts: Sort[] = measures.map(({ name, label, higherIsBetter }) => ({
    id: name,
    label,
    descending: higherIsBetter,
    value: (row) => valueIn(row, name),
  }));
  /** The chosen measure's column first, the others where there is room. */
  const ordered = (sort: string) => [
    ...measures.filter(({ name }) => name === sort),
    ...measures.filter(({ name }) => name !== sort),
  ];
  const choice = choiceOf(figure);
  return {
    noun: "row",
    ...(choice && { choice }),
    names: rows.map(({ id, kind }) => `${id} ${kind}`),
    sorts,
    sideBySide: false,
    overview: () => nothing,
    list(pen, _shown, width, sort) {
      const { head, foot, pitch, row } = layComparison(pen, rows, ordered(sort), {
        left: 0,
        top: 0,
        width,
      });
      return { head, foot, pitch, row: (index) => row(index, 0) };
    },
    detail(pen, row, room, sort, chosen) {
      const { id, from, kind } = rows[row]!;
      const parts: Panel[] = [];
      let top = room.top;
      const add = (panel: Panel): void => {
        if (panel.height === 0) return;
        parts.push(panel);
        top += panel.height + 16;
      };
      if (kind === "quoted") {
        const words = `${id}: quoted${from ? ` from ${from}` : ""}; its authors' data and run, no interval`;
        const note = textMark(room.left, top + 14, pen.fit(words, room.width, 13), {
          color: pen.ink.quiet,
        });
        add({ marks: [note], hits: [], height: 24 });
      }
      const own = figure.differences
        .filter((each) => each.a === id || each.b === id)
        .map((each) => seenFrom(each, id));
      const isAll = chosen === allMeasures || !choice;
      const asked = ordered(sort).filter(({ name }) => isAll || name === chosen);
      add(drawPairs(pen, own, asked, { ...room, top }, { own: id, most: mostPairs }));
      const place = perLabel?.models.findIndex((model) => model.id === id) ?? -1;
      const other = perLabel?.models.findIndex((model) => model.id !== id) ?? -1;
      if (perLabel && place >= 0 && other >= 0) {
        const by = isAll ? sort : chosen;
        const measure = by.startsWith("averagePrecision") ? "averagePrecision" : "rocAuc";
        add(drawLabelDifferences(pen, perLabel, place, other, measure, { ...room, top }));
      }
      return {
        marks: parts.flatMap(({ marks }) => marks),
        hits: [],
        height: Math.max(0, top - room.top - 16),
      };
    },
    sections: () => [],
    tell(row) {
      const { id, kind, measures: own, nSeenLabels } = rows[row]!;
      const values = own.map(({ name, label, value, interval }) => {
        const between = interval ? ` (${formatInterval(name, interval)})` : "";
        return `${label} ${formatMeasure(name, value)}${between}`;
      });
      const seen = nSeenLabels > 0 ? [`${nSeenLabels} labels seen in training`] : [];
      return [`${id}, ${kind}`, ...values, ...seen].join(", ");
    },
    table: () => [
      ["row", "kind", "measure", "value", "low", "high", "chance", "n", "from"],
      ...rows.flatMap(({ id, kind, from, measures: own }) =>
        own.map(({ name, value, interval, chance, n }) => [
          id,
          kind,
          name,
          value,
          interval?.[0] ?? "",
          interval?.[1] ?? "",
          chance ?? "",
          n,
          from ?? "",
        ]),
      ),
      ...figure.differences.map(({ a, b, measure, difference, interval }) => [
        `${b} minus ${a}`,
        "paired difference",
        measure,
        difference,
        ...interval,
        "",
        "",
        "",
      ]),
    ],
  };
}

/** All measures where their rows are few, else one; there is nothing to choose from where only one has differences. */
function choiceOf(figure: ComparisonFigure): Choice | undefined {
  const compared = new Set<string>(figure.differences.map(({ measure }) => measure));
  const measures = comparedMeasures(figure).filter(({ name }) => compared.has(name));
  const [first] = measures;
  if (!first || measures.length < 2) return undefined;
  const nModels = new Set(figure.differences.flatMap(({ a, b }) => [a, b])).size;
  const few = (nModels - 1) * measures.length <= fewRows;
  return {
    label: "Differences",
    options: [
      { id: allMeasures, label: "differences: all measures" },
      ...measures.map(({ name, label }) => ({ id: name, label: `differences: ${label}` })),
    ],
    initial: few ? allMeasures : first.name,
    afterSort: (chosen, sort) =>
      chosen !== allMeasures && measures.some(({ name }) => name === sort) ? sort : chosen,
  };
}

/** As how much `id` is above the other. */
function seenFrom(each: Difference, id: string): Difference {
  if (each.b === id) return each;
  const { a, b, measure, difference, interval } = each;
  return { a: b, b: a, measure, difference: -difference, interval: [-interval[1], -interval[0]] };
}
