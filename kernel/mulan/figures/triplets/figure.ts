import type { FigureContext } from "../context.ts";
import type { TripletRow, TripletsFigure } from "../contract.ts";
import { countOf, formatCount, formatMargin } from "../scale/numbers.ts";
import { cleanText } from "../text/cleanText.ts";
import { wilsonInterval } from "./wilsonInterval.ts";

/** What the figure needs of a Triplets. */
export interface TripletsInput {
  readonly rows: readonly Omit<TripletRow, "margin">[];
  readonly modelId: string;
}

const chance = 0.5;

export function tripletsFigure(input: TripletsInput, context: FigureContext): TripletsFigure {
  const rows = input.rows
    .map((row) => ({
      anchor: cleanText(row.anchor),
      positive: cleanText(row.positive),
      negative: cleanText(row.negative),
      cosinePositive: rounded(row.cosinePositive),
      cosineNegative: rounded(row.cosineNegative),
      margin: rounded(row.cosinePositive - row.cosineNegative),
    }))
    .sort((a, b) => a.margin - b.margin);
  const n = rows.length;
  const nRight = input.rows.filter((row) => row.cosinePositive > row.cosineNegative).length;
  const interval = wilsonInterval(nRight, n);
  return {
    family: "triplets",
    version: 1,
    title: `${countOf(n, "triplet")}: is the anchor nearer to its positive than to its negative?`,
    reading: readTriplets(rows, nRight, interval),
    model: input.modelId || null,
    footnote: context.modelName ?? input.modelId,
    rows,
    n,
    nRight,
    interval,
    chance,
  };
}

function readTriplets(
  rows: readonly TripletRow[],
  nRight: number,
  [low, high]: readonly [number, number],
): string {
  const n = rows.length;
  if (n === 0) return "no triplets to judge";
  const mean = rows.reduce((sum, row) => sum + row.margin, 0) / n;
  const percent = (share: number): string => `${Math.round(100 * share)}`;
  return (
    `${formatCount(nRight)} of ${formatCount(n)} right: ${percent(nRight / n)} % ` +
    `(95 % interval ${percent(low)}–${percent(high)} %), chance ${percent(chance)} %; ` +
    `mean margin ${formatMargin(mean)} (n = ${formatCount(n)})`
  );
}

/** Four decimals: the JSON stays small, and hover shows three. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
