import { expect, test } from "vitest";
import { durationText, progressText } from "./evalProgress.ts";

const embedding = { label: "embedding audio", total: 20_000 };

test("progress tells the rate and the time that is left", () => {
  expect(progressText({ ...embedding, done: 120, rate: 35.2 })).toBe(
    "embedding audio 120 of 20000 (35 a second, 9 min 25 s left)",
  );
  expect(progressText({ ...embedding, done: 19_999, rate: 0.51 })).toBe(
    "embedding audio 19999 of 20000 (0.5 a second, 2 s left)",
  );
  expect(progressText({ ...embedding, done: 20_000, rate: 8 })).toBe(
    "embedding audio 20000 of 20000 (8.0 a second)",
  );
  expect(progressText({ ...embedding, done: 0 })).toBe("embedding audio 0 of 20000");
});

test.each([
  [0.2, "1 s"],
  [59.2, "1 min 0 s"],
  [3599, "59 min 59 s"],
  [9000, "2 h 30 min"],
])("%f seconds are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
