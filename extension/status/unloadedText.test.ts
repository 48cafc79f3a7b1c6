import { expect, it } from "vitest";
import { unloadedText } from "./unloadedText.ts";

it("says how much is free again, which processes ended, and that models stay usable", () => {
  const ended = ["inference process", "Python of tower.py"];
  expect(unloadedText({ freedBytes: 402.4 * 1e6, ended })).toBe(
    "Models unloaded, 402 MB freed (inference process, Python of tower.py). The next cell that uses one opens it again.",
  );
});

it("says no figure that the platform does not tell, and nothing is free where nothing was in memory", () => {
  expect(unloadedText({ freedBytes: 0, ended: ["inference process"] })).toBe(
    "Models unloaded (inference process). The next cell that uses one opens it again.",
  );
  expect(unloadedText({ freedBytes: 0, ended: [] })).toBe("This notebook has no model in memory.");
});
