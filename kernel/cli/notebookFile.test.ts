import { expect, test } from "vitest";
import { assertOurKernel, parseNotebook, serializeNotebook } from "./notebookFile.ts";

const empty = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };

test.each([
  ["text", "hello", /not JSON.*begins with "hello"/],
  ["an empty file", "", /not JSON.*an empty file/],
  [
    "nbformat 3",
    '{"nbformat":3,"worksheets":[]}',
    /expected nbformat 4, got nbformat 3.*nbconvert/,
  ],
  ["a list", "[]", /is not a notebook/],
  [
    "a cell of no type",
    JSON.stringify({ ...empty, cells: [{ source: "" }] }),
    /cells\.0\.cell_type/,
  ],
])("%s is refused with what was expected", (_, text, message) => {
  expect(() => parseNotebook(text, "a.ipynb")).toThrow(message);
});

test("a notebook without a kernelspec is refused with the way out", () => {
  const notebook = parseNotebook(JSON.stringify(empty), "a.ipynb");
  expect(() => assertOurKernel(notebook, "a.ipynb")).toThrow(/got no kernelspec.*--any-kernel/);
});

test("unknown fields survive and sources are written as lines", () => {
  const cell = { cell_type: "code", metadata: { mine: 1 }, source: "a\nb", attachments: {} };
  const text = serializeNotebook(
    parseNotebook(JSON.stringify({ ...empty, x: 2, cells: [cell] }), "a"),
  );
  expect(JSON.parse(text)).toMatchObject({ x: 2, cells: [{ ...cell, source: ["a\n", "b"] }] });
  expect(text.endsWith("}\n")).toBe(true);
});

test("a notebook as Jupyter writes it comes back in its own order of keys, byte for byte", () => {
  const text = `${JSON.stringify(
    {
      cells: [
        { cell_type: "markdown", id: "a", metadata: {}, source: ["# Title"] },
        {
          cell_type: "code",
          execution_count: null,
          id: "b",
          metadata: { tags: [] },
          outputs: [],
          source: ["1\n", "2"],
        },
      ],
      metadata: { kernelspec: { display_name: "MuLan", language: "typescript", name: "mulan" } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  )}\n`;
  expect(serializeNotebook(parseNotebook(text, "a.ipynb"))).toBe(text);
});

test("a byte order mark before the JSON is no part of it", () => {
  expect(parseNotebook(`\uFEFF${JSON.stringify(empty)}`, "a.ipynb")).toEqual(empty);
});
