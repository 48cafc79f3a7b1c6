import {
  NotebookCellData,
  NotebookCellKind,
  type NotebookDocument,
  NotebookEdit,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { families } from "../../kernel/mulan/figures/contract.ts";
import { CELL_LANGUAGE } from "../ids.ts";
import { findOutput } from "./findOutput.ts";

/** Puts code from a figure into a new cell below the figure's own; a person runs it or not. */
export async function insertCell(
  notebook: NotebookDocument,
  outputId: string,
  code: string,
): Promise<void> {
  const cell = findOutput(notebook, families, outputId)?.cell;
  const index = cell ? cell.index + 1 : notebook.cellCount;
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, [
    NotebookEdit.insertCells(index, [
      new NotebookCellData(NotebookCellKind.Code, code, CELL_LANGUAGE),
    ]),
  ]);
  await workspace.applyEdit(edit);
}
