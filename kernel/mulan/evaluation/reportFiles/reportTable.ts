import type { ComparedModel, Report } from "../report.ts";

export type Cell = string | number | boolean | null;

export interface Column {
  readonly name: string;
  readonly type: "STRING" | "DOUBLE" | "INT32" | "BOOLEAN";
  readonly cells: readonly Cell[];
}

/** The rows that a person looks up: labels, queries, triplets, or compared models. */
export function reportTable(report: Report): readonly Column[] {
  switch (report.task) {
    case "tagging":
    case "probe":
      return [
        strings("label", report.labels, ({ label }) => label),
        counts("nPositive", report.labels, ({ nPositive }) => nPositive),
        numbers("rocAuc", report.labels, ({ rocAuc }) => rocAuc),
        numbers("averagePrecision", report.labels, (one) => one.averagePrecision),
        { name: "seen", type: "BOOLEAN", cells: report.labels.map(({ seen }) => seen) },
      ];
    case "retrieval":
      return [
        strings("query", report.queries, ({ query }) => query),
        strings("from", report.queries, ({ from }) => from),
        counts("nRelevant", report.queries, ({ relevant }) => relevant.length),
        counts("rank", report.queries, ({ rank }) => rank),
        numbers("rocAuc", report.queries, ({ rocAuc }) => rocAuc),
        numbers("averagePrecision", report.queries, (one) => one.averagePrecision),
      ];
    case "triplets":
      return [
        strings("anchor", report.rows, ({ anchor }) => anchor),
        strings("positive", report.rows, ({ positive }) => positive),
        strings("negative", report.rows, ({ negative }) => negative),
        numbers("cosinePositive", report.rows, (row) => row.cosinePositive),
        numbers("cosineNegative", report.rows, (row) => row.cosineNegative),
        numbers("margin", report.rows, ({ margin }) => margin),
        { name: "correct", type: "BOOLEAN", cells: report.rows.map(({ correct }) => correct) },
      ];
    case "comparison":
      return comparisonTable(report.rows);
  }
}

function comparisonTable(rows: readonly ComparedModel[]): Column[] {
  const names = [...new Set(rows.flatMap(({ measures }) => measures.map(({ name }) => name)))];
  const figures = names.flatMap((name) => {
    const of = (row: ComparedModel) => row.measures.find((one) => one.name === name);
    return [
      numbers(name, rows, (row) => of(row)?.value ?? null),
      numbers(`${name}Low`, rows, (row) => of(row)?.interval?.[0] ?? null),
      numbers(`${name}High`, rows, (row) => of(row)?.interval?.[1] ?? null),
    ];
  });
  return [
    strings("model", rows, ({ id }) => id),
    strings("kind", rows, ({ kind }) => kind),
    { name: "from", type: "STRING", cells: rows.map(({ from }) => from) },
    counts("nSeenLabels", rows, ({ seenLabels }) => seenLabels.length),
    ...figures,
  ];
}

function strings<Row>(name: string, rows: readonly Row[], of: (row: Row) => string): Column {
  return { name, type: "STRING", cells: rows.map(of) };
}

function numbers<Row>(name: string, rows: readonly Row[], of: (row: Row) => number | null): Column {
  return { name, type: "DOUBLE", cells: rows.map(of) };
}

function counts<Row>(name: string, rows: readonly Row[], of: (row: Row) => number): Column {
  return { name, type: "INT32", cells: rows.map(of) };
}
