import type { Span, View } from "./view.ts";

/** How long a change of order takes; labels move as long, by `.glide` of the shell's style. */
export const glideMs = 150;

/** Where rows and columns in sight stood before, in positions of what is in sight; outside of it for those that were not. */
export interface PlacesBefore {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Undefined where more than the order has changed, or not even that: there is nothing to glide then. */
export function placesBefore(before: View, now: View): PlacesBefore | undefined {
  const sameLook =
    before.normalisation === now.normalisation &&
    before.scaleKind === now.scaleKind &&
    before.threshold === now.threshold &&
    sameSpan(before.rows, now.rows) &&
    sameSpan(before.columns, now.columns) &&
    before.rowOrder.length === now.rowOrder.length &&
    before.columnOrder.length === now.columnOrder.length;
  if (!sameLook) return undefined;
  const rows = stood(before.rowOrder, now.rowOrder, now.rows);
  const columns = stood(before.columnOrder, now.columnOrder, now.columns);
  const moves = [rows, columns].some((places) => places.some((place, i) => place !== i));
  return moves ? { rows, columns } : undefined;
}

/** Positions on the way from where things stood to 0, 1, 2, …; `share` of the time has passed. */
export function placesAt(before: readonly number[], share: number): number[] {
  const done = easeOut(share);
  return before.map((from, to) => from + (to - from) * done);
}

function stood(before: readonly number[], now: readonly number[], span: Span): number[] {
  const placeOf = new Map(before.map((index, position) => [index, position]));
  return now
    .slice(span.from, span.from + span.count)
    .map((index, position) => (placeOf.get(index) ?? span.from + position) - span.from);
}

/** Fast at first, as CSS's `ease-out`. */
function easeOut(share: number): number {
  return 1 - (1 - share) ** 2;
}

function sameSpan(a: Span, b: Span): boolean {
  return a.from === b.from && a.count === b.count;
}
