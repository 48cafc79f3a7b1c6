import { expect, it } from "vitest";
import { progressText } from "./progressText.ts";

it("says what is done, how much of it, and how fast", () => {
  expect(progressText({ label: "embedding audio", done: 12, total: 64 })).toBe(
    "embedding audio: 12 of 64",
  );
  expect(progressText({ label: "x", done: 1, total: 2, rate: 8.123 })).toBe("x: 1 of 2 · 8.1/s");
  expect(progressText({ label: "x", done: 1, total: 2, rate: 123.4 })).toBe("x: 1 of 2 · 123/s");
});
