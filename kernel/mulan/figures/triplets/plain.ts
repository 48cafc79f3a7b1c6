import type { TripletsFigure } from "../contract.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatCosine, formatMargin } from "../scale/numbers.ts";

const shownRows = 20;

/** The worst triplets first, one a line. */
export function plainTriplets(figure: TripletsFigure): string[] {
  const head = ["", "anchor", "positive", "negative", "cos +", "cos −", "margin"];
  const rows = figure.rows
    .slice(0, shownRows)
    .map((row) => [
      row.margin > 0 ? "right" : "wrong",
      shortenPlain(row.anchor, 28),
      shortenPlain(row.positive, 28),
      shortenPlain(row.negative, 28),
      formatCosine(row.cosinePositive),
      formatCosine(row.cosineNegative),
      formatMargin(row.margin),
    ]);
  if (rows.length === 0) return [];
  const lines = textTable([head, ...rows], (column) => column > 3);
  const rest = figure.n - rows.length;
  return rest > 0
    ? [...lines, `… and ${countOf(rest, "more triplet")} with larger margins`]
    : lines;
}
