import { expect, test } from "vitest";
import { layoutHeatmap } from "./layout.ts";

const measure = (text: string, sizePx: number) => text.length * sizePx * 0.55;
const rows = ["solo piano", "a rock band"];
const layoutOf = (columns: readonly string[], widthPx: number) =>
  layoutHeatmap({ rows, columns, widthPx, measure });

test("names of few wide columns stand level, though one loses a letter or two", () => {
  const columns = ["01-nocturne-piano-by-night", "03-rock", "05-techno", "11-organ"];
  const { columnTurn, columnLabels, cellWidth } = layoutOf(columns, 900);
  expect(columnTurn).toBe(0);
  for (const { text } of columnLabels)
    expect(1.16 * measure(text, 13)).toBeLessThan(cellWidth - 16);
});

test("names of many columns are turned rather than cut to stubs", () => {
  const columns = Array.from({ length: 12 }, (_, i) => `${i}-a-recording-of-a-band`);
  expect(layoutOf(columns, 900).columnTurn).toBe(-45);
  expect(layoutOf(columns.slice(0, 4), 400).columnTurn).not.toBe(0);
});
