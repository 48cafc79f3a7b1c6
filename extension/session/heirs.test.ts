import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { goesOnAs, Heirs, type NotebookLook } from "./heirs.ts";

const notebook = (scheme: string, ...texts: string[]): NotebookLook => ({
  uri: { scheme },
  notebookType: "jupyter-notebook",
  getCells: () => texts.map((text) => ({ kind: 2, document: { getText: () => text } })),
});
const untitled = (...texts: string[]) => notebook("untitled", ...texts);
const saved = (...texts: string[]) => notebook("file", ...texts);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("an untitled notebook goes on as a saved one with the same cells", () => {
  expect(goesOnAs(untitled("a\nb", "c"), saved("a\r\nb", "c"))).toBe(true);
  expect(goesOnAs(untitled("a"), notebook("vscode-remote", "a"))).toBe(true);
  expect(goesOnAs(untitled("a"), saved("a", "b"))).toBe(false);
  expect(goesOnAs(untitled("a"), saved("b"))).toBe(false);
  expect(goesOnAs(untitled("a"), untitled("a"))).toBe(false);
  expect(goesOnAs(saved("a"), saved("a"))).toBe(false);
  expect(goesOnAs(untitled("a"), { ...saved("a"), notebookType: "other" })).toBe(false);
});

it("finds the notebook that was opened before the untitled one closed, the latest of two", async () => {
  const heirs = new Heirs();
  const [first, second] = [saved("a"), saved("a")];
  heirs.opened(first);
  heirs.opened(second);
  heirs.opened(saved("other"));
  expect(await heirs.of(untitled("a"))).toBe(second);
});

it("finds the notebook that is opened a moment after", async () => {
  const heirs = new Heirs();
  const found = heirs.of(untitled("a"));
  vi.advanceTimersByTime(2000);
  heirs.opened(saved("b"));
  const heir = saved("a");
  heirs.opened(heir);
  expect(await found).toBe(heir);
});

it("finds none that has long been open, is closed again or comes too late", async () => {
  const heirs = new Heirs();
  heirs.opened(saved("a"));
  vi.advanceTimersByTime(11_000);
  const closedAgain = saved("a");
  heirs.opened(closedAgain);
  heirs.closed(closedAgain);
  const found = heirs.of(untitled("a"));
  vi.advanceTimersByTime(3001);
  heirs.opened(saved("a"));
  expect(await found).toBeUndefined();
});
