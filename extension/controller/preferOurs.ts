import {
  type Disposable,
  type NotebookController,
  NotebookControllerAffinity,
  type NotebookDocument,
  workspace,
} from "vscode";
import { NOTEBOOK_TYPE } from "../ids.ts";
import { isOurs } from "./notebookMetadata.ts";

/** VS Code selects a preferred kernel by itself when it is the only one: no question for our notebooks. */
export function preferOurs(
  controller: Pick<NotebookController, "updateNotebookAffinity">,
): Disposable {
  const look = (notebook: NotebookDocument) => {
    if (notebook.notebookType !== NOTEBOOK_TYPE || !isOurs(notebook.metadata)) return;
    controller.updateNotebookAffinity(notebook, NotebookControllerAffinity.Preferred);
  };
  for (const notebook of workspace.notebookDocuments) look(notebook);
  return workspace.onDidOpenNotebookDocument(look);
}
