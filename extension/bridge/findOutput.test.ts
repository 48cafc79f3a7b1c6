import { expect, it } from "vitest";
import type { NotebookCell } from "vscode";
import { contentId } from "../../kernel/mulan/figures/contentId.ts";
import { figureIds, findOutput } from "./findOutput.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const item = (mime: string, text: string) => ({ mime, data: bytesOf(text) });
const heatmap = item("application/vnd.mulan.similarity.v1+json", "{}");
const cell = (...outputs: object[][]): NotebookCell =>
  ({ outputs: outputs.map((items) => ({ items })) }) as never;

it("names the figures of cells by their content, and nothing else of them", () => {
  const cells = [cell([heatmap, item("image/png", "…")]), cell([item("text/plain", "{}")])];
  expect(figureIds(cells)).toEqual([contentId(heatmap.data)]);
});

it("finds an output by what it holds now, also after it was written anew", () => {
  const output = { items: [heatmap] };
  const notebook = { getCells: () => [{ outputs: [output] } as unknown as NotebookCell] };
  const first = contentId(heatmap.data);
  expect(findOutput(notebook, ["similarity"], first)?.output).toBe(output);
  output.items = [item(heatmap.mime, '{"rows":[]}')];
  expect(findOutput(notebook, ["similarity"], first)).toBeUndefined();
});
