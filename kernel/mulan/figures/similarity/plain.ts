import { decodeFloat16, type SimilarityFigure } from "../contract.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatCosine } from "../scale/numbers.ts";

const shownRows = 16;
const shownColumns = 8;

/** A table of the first cosines; each row's best column stands behind where columns were left out. */
export function plainSimilarity(figure: SimilarityFigure): string[] {
  const rows = figure.rows.labels;
  const columns = figure.columns.labels;
  const values = decodeFloat16(figure.values);
  const cut = columns.length > shownColumns;
  const withItself =
    rows.length === columns.length && rows.every((label, i) => label === columns[i]);
  const head = columns.slice(0, shownColumns).map((label) => shortenPlain(label, 12));
  const table = [["", ...head, ...(cut ? ["best"] : [])]];
  rows.slice(0, shownRows).forEach((label, i) => {
    const row = values.subarray(i * columns.length, (i + 1) * columns.length);
    const cells = Array.from(row.subarray(0, shownColumns), formatCosine);
    const others = withItself
      ? row.map((value, j) => (j === i ? Number.NEGATIVE_INFINITY : value))
      : row;
    const best = others.indexOf(Math.max(...others));
    const tail =
      cut && best >= 0 ? [`${formatCosine(row[best]!)} ${shortenPlain(columns[best]!, 24)}`] : [];
    table.push([shortenPlain(label, 32), ...cells, ...tail]);
  });
  const lines = textTable(table, (column) => column > 0 && column <= shownColumns);
  if (rows.length > shownRows) lines.push(`… and ${countOf(rows.length - shownRows, "more row")}`);
  return lines;
}
