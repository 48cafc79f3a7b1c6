import { expect, test } from "vitest";
import { encodeFloat16 } from "../../kernel/mulan/figures/contract.ts";
import { layoutRankings } from "./layout.ts";
import { initialState } from "./state.ts";

const measure = (text: string, sizePx: number) => text.length * sizePx * 0.55;

/** Panels in each row of a figure of so many clips. */
function rowsOf(nClips: number, widthPx: number): number[] {
  const state = initialState({
    family: "zeroshot",
    version: 1,
    title: "",
    reading: "",
    model: null,
    footnote: "",
    clips: { labels: Array.from({ length: nClips }, (_, i) => `clip ${i}`), modality: "audio" },
    labels: ["piano", "drums"],
    prompts: ["{}"],
    scores: encodeFloat16(Float32Array.from({ length: 2 * nClips }, (_, i) => (i % 5) / 10)),
    temperature: null,
  });
  const { panels, panelWidth, width } = layoutRankings(state, widthPx, measure);
  expect(Math.max(...panels.map(({ x }) => x + panelWidth))).toBeLessThanOrEqual(width);
  const tops = [...new Set(panels.map(({ y }) => y))];
  return tops.map((top) => panels.filter(({ y }) => y === top).length);
}

test("panels fill their rows: none is left alone where two by two needs no more height", () => {
  expect(rowsOf(4, 900)).toEqual([2, 2]);
  expect(rowsOf(2, 1000)).toEqual([2]);
  expect(rowsOf(5, 1000)).toEqual([3, 2]);
  expect(rowsOf(6, 1000)).toEqual([3, 3]);
});

test("400 px hold one panel a row", () => {
  expect(rowsOf(3, 400)).toEqual([1, 1, 1]);
});
