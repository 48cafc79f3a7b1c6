import { expect, test } from "vitest";
import { placesAt, placesBefore } from "./glidePlaces.ts";
import { initialView } from "./view.ts";

const view = initialView({ nRows: 4, nColumns: 3, values: new Float32Array(12) });

test("rows and columns come from where they stood", () => {
  const sorted = { ...view, rowOrder: [2, 0, 1, 3], columnOrder: [2, 1, 0] };
  expect(placesBefore(view, sorted)).toEqual({ rows: [2, 0, 1, 3], columns: [2, 1, 0] });
  expect(placesBefore(sorted, view)).toEqual({ rows: [1, 2, 0, 3], columns: [2, 1, 0] });
});

test("a row that was out of sight comes from outside", () => {
  const rows = { from: 1, count: 2 };
  const before = { ...view, rows };
  expect(placesBefore(before, { ...before, rowOrder: [1, 0, 3, 2] })!.rows).toEqual([-1, 2]);
});

test("nothing glides when the order stays, or when more than the order changes", () => {
  expect(placesBefore(view, { ...view, cursor: { row: 1, column: 1 } })).toBeUndefined();
  const sorted = { ...view, rowOrder: [3, 2, 1, 0] };
  expect(placesBefore(view, { ...sorted, threshold: 0.5 })).toBeUndefined();
  expect(placesBefore(view, { ...sorted, normalisation: "row" as const })).toBeUndefined();
  expect(placesBefore(view, { ...sorted, rows: { from: 0, count: 2 } })).toBeUndefined();
  expect(placesBefore(view, { ...sorted, rowOrder: [4, 3, 2, 1, 0] })).toBeUndefined();
});

test("the way begins where things stood, ends in their places and slows down", () => {
  expect(placesAt([2, 0, 1], 0)).toEqual([2, 0, 1]);
  expect(placesAt([2, 0, 1], 1)).toEqual([0, 1, 2]);
  const [halfway] = placesAt([2], 0.5);
  expect(halfway).toBeLessThan(1);
  expect(halfway).toBeGreaterThan(0);
});
