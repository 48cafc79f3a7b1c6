import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { commands, type ExtensionContext, Uri, window, workspace } from "vscode";
import { NOTEBOOK_TYPE } from "../ids.ts";

const FOLDER_NAME = "mulan-samples";

/** Copies the samples into a folder of the user's choice and opens the first: the extension's own are not to be edited. */
export async function openSamples(context: Pick<ExtensionContext, "extensionPath">): Promise<void> {
  const [parent] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: "Copy Samples Here",
      title: `Where should the folder "${FOLDER_NAME}" be created?`,
      ...(workspace.workspaceFolders?.[0] && { defaultUri: workspace.workspaceFolders[0].uri }),
    })) ?? [];
  if (!parent) return;
  const folder = await copySamples(join(context.extensionPath, "samples"), parent.fsPath);
  const first = (await readdir(folder)).filter((name) => name.endsWith(".ipynb")).sort()[0];
  if (!first) return;
  await commands.executeCommand("vscode.openWith", Uri.file(join(folder, first)), NOTEBOOK_TYPE);
}

/** What a user has changed in an earlier copy stays as it is. */
async function copySamples(source: string, parent: string): Promise<string> {
  const folder = join(parent, FOLDER_NAME);
  await cp(source, folder, { recursive: true, force: false, errorOnExist: false });
  return folder;
}
