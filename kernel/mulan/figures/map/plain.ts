import { decodeFloat16, type MapFigure } from "../contract.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatFixed } from "../scale/numbers.ts";

const shownRows = 12;

/** The first points with their places in [−1, 1]. */
export function plainMap(figure: MapFigure): string[] {
  const points = decodeFloat16(figure.points);
  const rows = figure.items.labels
    .slice(0, shownRows)
    .map((label, i) => [
      shortenPlain(label, 40),
      formatFixed(points[2 * i]!, 2),
      formatFixed(points[2 * i + 1]!, 2),
    ]);
  const lines = textTable(rows);
  const rest = figure.n - shownRows;
  return rest > 0 ? [...lines, `… and ${countOf(rest, "more point")}`] : lines;
}
