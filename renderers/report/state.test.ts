import { expect, test } from "vitest";
import { arranged, initialState, movedTo } from "./state.ts";
import { nothing, type ReportView } from "./views/view.ts";

const values = [0.5, null, 0.9, 0.7];
const view: ReportView = {
  noun: "label",
  names: ["piano", "Rare", "drums", "grand piano"],
  sorts: [
    { id: "value", label: "Value", descending: true, value: (row) => values[row]! },
    { id: "name", label: "Name", descending: false, value: (row) => view.names[row]! },
  ],
  sideBySide: true,
  overview: () => nothing,
  list: () => ({ head: nothing, pitch: 20, row: () => [] }),
  detail: () => nothing,
  sections: () => [],
  tell: () => "",
  table: () => [],
};
const start = initialState(view);

test("the best stands first, what was not measured last, in either direction", () => {
  expect(start.order).toEqual([2, 3, 0, 1]);
  expect(arranged(view, start, { reversed: true }).order).toEqual([0, 3, 2, 1]);
  expect(arranged(view, start, { sort: "name" }).order).toEqual([2, 3, 0, 1]);
});

test("a filter looks into the names, whatever their case, and keeps the row under the cursor", () => {
  const on = movedTo(start, 2);
  expect(on.order[on.cursor]).toBe(0);
  const filtered = arranged(view, on, { filter: " PIANO" });
  expect(filtered.order).toEqual([3, 0]);
  expect(filtered.order[filtered.cursor]).toBe(0);
  expect(arranged(view, on, { filter: "rare" })).toMatchObject({ order: [1], cursor: 0 });
  expect(arranged(view, on, { filter: "tuba" })).toMatchObject({ order: [], cursor: -1 });
});

test("another row begins its details anew, the same row keeps them", () => {
  const page = { n: 1, from: 0, clips: { labels: [], modality: "audio" as const } };
  const open = {
    ...movedTo(start, 1),
    item: 3,
    ranking: { only: "all" as const, page: { ...page, places: [], scores: [], relevant: [] } },
  };
  expect(movedTo(open, 1).item).toBe(3);
  expect(movedTo(open, 2)).toMatchObject({ item: 0, ranking: null });
  expect(movedTo(open, 99).cursor).toBe(3);
});
