import { expect, test } from "vitest";
import { silentRows } from "./kinds.ts";

const labels = ["a drum", "somebody drums"];

test("of a mixture, the rows that are no clips are known", () => {
  const clips = ["c1", null];
  expect(silentRows({ labels, modality: "unknown", clips })).toEqual(Uint8Array.of(0, 1));
});

test("rows of one kind are no mixture", () => {
  expect(silentRows({ labels, modality: "audio", clips: ["c1", null] })).toBeUndefined();
  expect(silentRows({ labels, modality: "unknown", clips: ["c1", "c2"] })).toBeUndefined();
  expect(silentRows({ labels, modality: "unknown" })).toBeUndefined();
});
