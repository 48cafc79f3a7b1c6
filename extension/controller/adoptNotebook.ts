import {
  type Disposable,
  NotebookCellData,
  NotebookCellKind,
  type NotebookController,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { CELL_LANGUAGE } from "../ids.ts";
import { isOurs, withOurKernel } from "./notebookMetadata.ts";

/** Cells that our kernel runs as they are. */
const OWN_LANGUAGES = new Set([CELL_LANGUAGE, "javascript"]);

/** When a person chooses our kernel for another's notebook: names it in the file and offers to change the cells. */
export function adoptNotebooks(
  controller: Pick<NotebookController, "onDidChangeSelectedNotebooks">,
): Disposable {
  return controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
    if (selected && !isOurs(notebook.metadata)) void adopt(notebook);
  });
}

async function adopt(notebook: NotebookDocument): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, [NotebookEdit.updateNotebookMetadata(withOurKernel(notebook.metadata))]);
  await workspace.applyEdit(edit);
  const others = notebook
    .getCells()
    .filter(
      ({ kind, document }) =>
        kind === NotebookCellKind.Code && !OWN_LANGUAGES.has(document.languageId),
    );
  if (others.length === 0) return;
  const change = `Change ${others.length} ${others.length === 1 ? "Cell" : "Cells"}`;
  const answer = await window.showInformationMessage(
    "The MuLan kernel runs TypeScript. Change the other code cells to TypeScript? Their text stays the same; Undo reverts this.",
    change,
  );
  if (answer === change) await changeLanguage(notebook);
}

/** One edit, so that one Undo takes it back. */
async function changeLanguage(notebook: NotebookDocument): Promise<void> {
  const edits = notebook.getCells().flatMap((cell) => {
    const { kind, document, index, outputs, metadata } = cell;
    if (kind !== NotebookCellKind.Code || OWN_LANGUAGES.has(document.languageId)) return [];
    const changed = new NotebookCellData(kind, document.getText(), CELL_LANGUAGE);
    changed.outputs = [...outputs];
    changed.metadata = metadata;
    return [NotebookEdit.replaceCells(new NotebookRange(index, index + 1), [changed])];
  });
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, edits);
  await workspace.applyEdit(edit);
}
