import type { TripletRow, TripletsFigure } from "../contract.ts";
import { cleanText } from "../text/cleanText.ts";
import { describeTriplets, roundCosine } from "./describe.ts";

/** The figure with one more triplet, or with another in the place of `replaced`. */
export function withTriplet(
  figure: TripletsFigure,
  added: Omit<TripletRow, "margin">,
  replaced?: TripletRow,
): TripletsFigure {
  const row: TripletRow = {
    ...added,
    anchor: cleanText(added.anchor),
    positive: cleanText(added.positive),
    negative: cleanText(added.negative),
    cosinePositive: roundCosine(added.cosinePositive),
    cosineNegative: roundCosine(added.cosineNegative),
    margin: roundCosine(added.cosinePositive - added.cosineNegative),
  };
  return withRows(figure, [...figure.rows.filter((other) => other !== replaced), row]);
}

export function withoutTriplet(figure: TripletsFigure, gone: TripletRow): TripletsFigure {
  return withRows(
    figure,
    figure.rows.filter((row) => row !== gone),
  );
}

function withRows(figure: TripletsFigure, rows: readonly TripletRow[]): TripletsFigure {
  return { ...figure, ...describeTriplets(rows, rows.filter(({ margin }) => margin > 0).length) };
}
