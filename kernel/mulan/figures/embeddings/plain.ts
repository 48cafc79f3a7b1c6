import { decodeInt8, type EmbeddingsFigure } from "../contract.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatFixed } from "../scale/numbers.ts";

const shownRows = 12;
const shownValues = 4;

/** The first rows with their first numbers. */
export function plainEmbeddings(figure: EmbeddingsFigure): string[] {
  const strip = decodeInt8(figure.strip, figure.stripLimit);
  const rows = figure.items.labels.slice(0, shownRows).map((label, i) => {
    const values = strip.subarray(
      i * figure.dim,
      i * figure.dim + Math.min(shownValues, figure.dim),
    );
    const more = figure.dim > shownValues ? ["…"] : [];
    return [shortenPlain(label, 40), ...Array.from(values, (v) => formatFixed(v, 2)), ...more];
  });
  const lines = textTable(rows);
  const rest = figure.n - shownRows;
  return rest > 0 ? [...lines, `… and ${countOf(rest, "more row")}`] : lines;
}
