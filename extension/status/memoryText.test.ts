import { expect, it } from "vitest";
import { memoryText } from "./memoryText.ts";

const MB = 1e6;

it("adds up what a notebook's processes hold and names each", () => {
  expect(
    memoryText("practice.ipynb", [
      { name: "engine", pid: 1, bytes: 210 * MB },
      { name: "inference process", pid: 2, bytes: 402.4 * MB },
    ]),
  ).toBe("practice.ipynb: 612 MB (engine 210 MB, inference process 402 MB)");
});

it("says of a process that the platform tells nothing about, and does not count it as empty", () => {
  expect(
    memoryText("a.ipynb", [
      { name: "engine", pid: 1, bytes: 100 * MB },
      { name: "inference process", pid: 2, bytes: 0 },
    ]),
  ).toBe("a.ipynb: 100 MB (engine 100 MB, inference process not reported on this platform)");
  expect(memoryText("a.ipynb", [])).toBe("a.ipynb: not reported on this platform");
});
