import ts from "typescript";
import { expect, it } from "vitest";
import { cellSuffix } from "./cellSuffix.ts";
import { declaredNames } from "./declaredNames.ts";

const names = (text: string) => declaredNames(ts, text).names;
const suffixes = (...texts: string[]) => {
  const cells = texts.map((text, i) => ({
    fileName: `cell${i}`,
    declared: declaredNames(ts, text),
  }));
  return cells.map((_, i) => cellSuffix(cells, i));
};

it("reads every kind of declaration at the top of a cell", () => {
  expect(names("const a = 1, { b, c: [d = 2, ...e] } = x; let f; var g")).toEqual([
    "a",
    "b",
    "d",
    "e",
    "f",
    "g",
  ]);
  expect(
    names("function f() { const inner = 1 } class C {} interface I {} type T = 1; enum E {}"),
  ).toEqual(["f", "C", "I", "T", "E"]);
  expect(names('import d, { load, x as y } from "a"; import * as n from "b"; import "c"')).toEqual([
    "d",
    "load",
    "y",
    "n",
  ]);
});

it("reads what it can of a cell that is being typed", () => {
  expect(names("const a = 1;\nconst b = a.")).toEqual(["a", "b"]);
  expect(names("const ")).toEqual([]);
});

it("gives a cell the names of the others, the nearest above first", () => {
  const [first, second, third] = suffixes("const a = 1", "const a = 2, b = 3", "a");
  expect(third).toContain('import { a, b } from "cell1";');
  expect(third).not.toContain("cell0");
  expect(second).toContain("export { a, b };");
  expect(first).toContain('import { b } from "cell1";');
});

it("does not export twice what a cell exports itself", () => {
  expect(suffixes("export const a = 1; const b = 2")[0]).toContain("export { b };");
});
