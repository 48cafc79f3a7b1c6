import { homedir } from "node:os";
import { dirname } from "node:path";

/** Where a notebook's cells run: in its own folder; before it is saved, in the workspace's first one. */
export function notebookFolder(
  notebook: { readonly scheme: string; readonly fsPath: string },
  workspaceFolder: string | undefined,
): { readonly cwd: string; readonly notebookPath?: string } {
  if (notebook.scheme === "file" || notebook.scheme === "vscode-remote") {
    return { cwd: dirname(notebook.fsPath), notebookPath: notebook.fsPath };
  }
  return { cwd: workspaceFolder ?? homedir() };
}
