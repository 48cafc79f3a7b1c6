import { expect, test } from "vitest";
import { parseNotebook } from "./notebookFile.ts";
import { injectParameters, parseParameter } from "./parameters.ts";

test.each([
  ["n=3", ["n", 3]],
  ["rate=-1.5e3", ["rate", -1500]],
  ["flag=true", ["flag", true]],
  ["none=null", ["none", null]],
  ["flag=True", ["flag", true]],
  ["flag=False", ["flag", false]],
  ["none=None", ["none", null]],
  ["folder=audio/jazz", ["folder", "audio/jazz"]],
  ['year="1999"', ["year", "1999"]],
  ["empty=", ["empty", ""]],
  ["eq=a=b", ["eq", "a=b"]],
])("%s is read as papermill reads it", (text, expected) => {
  expect(parseParameter(text)).toEqual(expected);
});

test.each(["n", "1x=2", "a b=2", "=2"])("%s is refused", (text) => {
  expect(() => parseParameter(text)).toThrow(/expected name=value/);
});

const code = (source: string, tags: string[] = []) => ({
  cell_type: "code",
  metadata: { tags },
  source,
});
const notebook = (...cells: object[]) =>
  parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }), "a");
const sources = (book: ReturnType<typeof notebook>) => book.cells.map((cell) => cell.source);

test("parameters stand behind the tagged cell and replace an earlier injection", () => {
  const book = notebook(
    code("a"),
    code("let n = 1", ["parameters"]),
    code("old", ["injected-parameters"]),
    code("z"),
  );
  const injected = injectParameters(book, new Map([["n", 2]]));
  expect(sources(injected)).toEqual(["a", "let n = 1", "// Parameters\nlet n = 2;", "z"]);
});

test("without a tagged cell they come first", () => {
  expect(sources(injectParameters(notebook(code("a")), new Map([["s", "x"]])))).toEqual([
    '// Parameters\nlet s = "x";',
    "a",
  ]);
});

test("a notebook that is too old for ids of cells gets none, and a number that JSON has no word for arrives", () => {
  const old = { ...notebook(code("a")), nbformat_minor: 4 };
  const [cell] = injectParameters(old, new Map([parseParameter("n=1e999")])).cells;
  expect(cell).not.toHaveProperty("id");
  expect(cell?.source).toBe("// Parameters\nlet n = Infinity;");
});
