import type { Items, SimilarityFigure } from "../contract.ts";
import { countItems } from "../items/countItems.ts";
import { readMatrix, summarizeMatrix } from "./reading.ts";

/** Title and reading line, the same when a value is drawn and when a person has added a row. */
export function describeSimilarity(
  rows: Items,
  columns: Items,
  values: Float32Array,
): Pick<SimilarityFigure, "title" | "reading"> {
  const withItself = isWithItself(rows.labels, columns.labels, values);
  const summary = summarizeMatrix(values, columns.labels.length, withItself);
  return {
    title: withItself
      ? `${countItems(rows)} with each other, cosine`
      : `${countItems(rows)} × ${countItems(columns, "column")}, cosine`,
    reading: readMatrix(summary, rows.labels, columns.labels),
  };
}

/** A set compared with itself: the same labels and a diagonal of ones, which says nothing. */
export function isWithItself(
  rows: readonly string[],
  columns: readonly string[],
  values: Float32Array,
): boolean {
  const n = rows.length;
  if (n !== columns.length || n < 2) return false;
  return rows.every((label, i) => label === columns[i] && values[i * n + i]! > 0.9995);
}
