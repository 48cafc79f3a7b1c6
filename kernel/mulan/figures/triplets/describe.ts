import type { TripletRow, TripletsFigure } from "../contract.ts";
import { countOf, formatCount, formatMargin } from "../scale/numbers.ts";
import { wilsonInterval } from "./wilsonInterval.ts";

export const chance = 0.5;

/** What is said and counted of triplets, the same when a value is drawn and when a person has changed one. */
export function describeTriplets(
  rows: readonly TripletRow[],
  nRight: number,
): Pick<TripletsFigure, "title" | "reading" | "rows" | "n" | "nRight" | "interval"> {
  const n = rows.length;
  const interval = wilsonInterval(nRight, n);
  return {
    title: `${countOf(n, "triplet")}: is the anchor nearer to its positive than to its negative?`,
    reading: readTriplets(rows, nRight, interval),
    rows: [...rows].sort((a, b) => a.margin - b.margin),
    n,
    nRight,
    interval,
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
export function roundCosine(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
