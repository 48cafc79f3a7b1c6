import { commands, NotebookCellData, NotebookCellKind, NotebookData, workspace } from "vscode";
import { withOurKernel } from "../controller/notebookMetadata.ts";
import { CELL_LANGUAGE, NOTEBOOK_TYPE } from "../ids.ts";

const FIRST_CELL = `import { load } from "mulan-notebook";

const model = await load();
model`;

/** Opens an untitled notebook with our kernel and the model one Run away. */
export async function newNotebook(): Promise<void> {
  const data = new NotebookData([
    new NotebookCellData(NotebookCellKind.Code, FIRST_CELL, CELL_LANGUAGE),
  ]);
  data.metadata = withOurKernel({ nbformat: 4, nbformat_minor: 5, metadata: {} });
  const notebook = await workspace.openNotebookDocument(NOTEBOOK_TYPE, data);
  await commands.executeCommand("vscode.openWith", notebook.uri, NOTEBOOK_TYPE);
}
