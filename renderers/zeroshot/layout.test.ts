import { expect, test } from "vitest";
import { encodeFloat16, type ZeroShotFigure } from "../../kernel/mulan/figures/contract.ts";
import { layoutRankings } from "./layout.ts";
import { initialState } from "./state.ts";

type Given = Pick<ZeroShotFigure, "temperature" | "temperatureIsLearned">;

/** What stands under softmax shares. @param moved where a person has put the slider */
function noteUnderShares(given: Given, moved?: number): string {
  const figure: ZeroShotFigure = {
    family: "zeroshot",
    version: 1,
    title: "1 clip × 2 labels",
    reading: "jazz leads",
    model: "m",
    footnote: "m",
    clips: { labels: ["one"], modality: "audio" },
    labels: ["rock", "jazz"],
    prompts: ["{}"],
    scores: encodeFloat16([0.1, 0.2]),
    ...given,
  };
  const state = initialState(figure);
  const temperature = moved ?? state.temperature;
  const shown = { ...state, mode: "softmax" as const, temperature };
  return layoutRankings(shown, 600, (text) => 7 * text.length).note;
}

test("shares at a temperature that the model did not learn say so", () => {
  const words = /cosine \/ 0\.070\).*that the model learned is not in its files.*the order holds/;
  expect(noteUnderShares({ temperature: 0.07, temperatureIsLearned: false })).toMatch(words);
  expect(noteUnderShares({ temperature: null })).toMatch(words);
});

test("shares at a learned temperature, or one that a person chose, need no such words", () => {
  expect(noteUnderShares({ temperature: 0.05 })).not.toContain("learned");
  const chosen = noteUnderShares({ temperature: 0.07, temperatureIsLearned: false }, 0.2);
  expect(chosen).not.toContain("learned");
});
