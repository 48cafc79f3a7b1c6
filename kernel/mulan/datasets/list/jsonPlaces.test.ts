import { expect, test } from "vitest";
import { jsonPlaces } from "./jsonPlaces.ts";

const text = `{
  "odd \\"]},: key": [-1.5e3, "a \\\\",
    { "b": null }],
  "c": {}, "list": [[], [true]]
}`;

test("every value has its line and column, whatever texts and keys hold", () => {
  const find = jsonPlaces(text);
  const values: readonly (readonly [path: string, start: string])[] = [
    ["", "{"],
    ['.odd "]},: key', "[-1.5e3"],
    ['.odd "]},: key[0]', "-1.5e3"],
    ['.odd "]},: key[1]', '"a'],
    ['.odd "]},: key[2].b', "null"],
    [".c", "{}"],
    [".list[1][0]", "true"],
  ];
  const lines = text.split("\n");
  for (const [path, start] of values) {
    const { line, column } = find(path)!;
    expect(lines[line - 1]!.slice(column - 1, column - 1 + start.length), path).toBe(start);
  }
  expect(find(".list[2]")).toBeUndefined();
});

test("the place of a text of megabytes is found", () => {
  const long = JSON.stringify([`${"\\".repeat(1e6)}${"x".repeat(2e6)}`, 7]);
  expect(jsonPlaces(long)("[1]")).toEqual({ line: 1, column: long.length - 1 });
});
