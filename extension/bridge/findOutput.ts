import type { NotebookCell, NotebookCellOutput, NotebookDocument } from "vscode";
import { contentId } from "../../kernel/mulan/figures/contentId.ts";
import { type Family, mimeOf } from "../../kernel/mulan/figures/contract.ts";

export interface FoundOutput {
  readonly cell: NotebookCell;
  readonly output: NotebookCellOutput;
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
      if (item && contentId(item.data) === id) return { cell, output };
    }
  }
  return undefined;
}
