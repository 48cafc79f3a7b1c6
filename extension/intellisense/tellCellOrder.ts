import { Disposable, extensions, type NotebookDocument, workspace } from "vscode";
import { NOTEBOOK_TYPE } from "../ids.ts";
import { PLUGIN_NAME, type PluginConfiguration } from "../tsplugin/configuration.ts";

/** As much of the interface of VS Code's TypeScript extension as is needed here. */
interface TypeScriptApi {
  configurePlugin(name: string, configuration: PluginConfiguration): void;
}
interface TypeScriptExtension {
  getAPI(version: 0): TypeScriptApi | undefined;
}

/** Tells the TypeScript server in which order cells stand: it sees them as files without one. */
export function tellCellOrder(): Disposable {
  const tell = () => void sendOrder();
  tell();
  return Disposable.from(
    workspace.onDidOpenNotebookDocument(tell),
    workspace.onDidCloseNotebookDocument(tell),
    workspace.onDidChangeNotebookDocument(({ contentChanges }) => {
      if (contentChanges.length > 0) tell();
    }),
  );
}

async function sendOrder(): Promise<void> {
  const cells = workspace.notebookDocuments
    .filter(({ notebookType }) => notebookType === NOTEBOOK_TYPE)
    .flatMap(marksOf);
  if (cells.length === 0) return;
  const extension = extensions.getExtension<TypeScriptExtension>(
    "vscode.typescript-language-features",
  );
  const api = (await extension?.activate())?.getAPI(0);
  api?.configurePlugin(PLUGIN_NAME, { cells });
}

function marksOf(notebook: NotebookDocument): string[] {
  return notebook.getCells().map(({ document }) => document.uri.fragment);
}
