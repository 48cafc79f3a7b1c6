import type { NotebookCell, NotebookCellOutput, NotebookDocument } from "vscode";
import { contentId } from "../../kernel/mulan/figures/contentId.ts";
import { type Family, families, mimeOf } from "../../kernel/mulan/figures/contract.ts";

export interface FoundOutput {
  readonly cell: NotebookCell;
  readonly output: NotebookCellOutput;
}

const ids = new WeakMap<Uint8Array, string>();

/** The name of an output's bytes, computed once: a large figure's takes milliseconds. */
function idOf(data: Uint8Array): string {
  const id = ids.get(data) ?? contentId(data);
  ids.set(data, id);
  return id;
}

/** The content ids of all figures in these cells. */
export function figureIds(cells: readonly Pick<NotebookCell, "outputs">[]): string[] {
  const mimes = new Set<string>(families.map(mimeOf));
  const items = cells.flatMap(({ outputs }) => outputs.flatMap((output) => output.items));
  return items.filter(({ mime }) => mimes.has(mime)).map(({ data }) => idOf(data));
}

/** The output whose figure has this content; the first, should a notebook hold two that are the same. */
export function findOutput(
  notebook: Pick<NotebookDocument, "getCells">,
  families: readonly Family[],
  id: string,
): FoundOutput | undefined {
  const mimes = new Set<string>(families.map(mimeOf));
  for (const cell of notebook.getCells()) {
    for (const output of cell.outputs) {
      const item = output.items.find(({ mime }) => mimes.has(mime));
      if (item && idOf(item.data) === id) return { cell, output };
    }
  }
  return undefined;
}
