import { expect, it } from "vitest";
import { insideCells } from "./insideCells.ts";

const lengthOf = (fileName: string) => (fileName === "cell" ? 10 : undefined);

it("drops places behind a cell's own text and shortens those that reach over it", () => {
  const answer = [
    { textSpan: { start: 2, length: 3 }, kind: "const" },
    { textSpan: { start: 8, length: 9 } },
    { textSpan: { start: 12, length: 3 } },
  ];
  expect(insideCells(answer, "cell", lengthOf)).toEqual([
    { textSpan: { start: 2, length: 3 }, kind: "const" },
    { textSpan: { start: 8, length: 2 } },
  ]);
});

it("leaves places in other files alone", () => {
  const answer = {
    textSpan: { start: 1, length: 2 },
    definitions: [{ fileName: "lib.d.ts", textSpan: { start: 900, length: 3 } }],
  };
  expect(insideCells(answer, "cell", lengthOf)).toEqual(answer);
  expect(insideCells(undefined, "cell", lengthOf)).toBeUndefined();
});
