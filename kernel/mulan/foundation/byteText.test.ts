import { expect, test } from "vitest";
import { byteText } from "./byteText.ts";

test.each([
  [0, "0.0 MB"],
  [2_440_000, "2.4 MB"],
  [9_960_000, "10 MB"],
  [612_300_000, "612 MB"],
  [999_700_000, "1.00 GB"],
  [1_534_000_000, "1.53 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(byteText(bytes)).toBe(text);
});
