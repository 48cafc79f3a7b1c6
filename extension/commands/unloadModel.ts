import { window } from "vscode";
import type { NotebookSession } from "../session/notebookSession.ts";
import { unloadedText } from "../status/unloadedText.ts";

/** Gives back what a notebook's models hold; its variables stay, and the next use opens the models again. */
export async function unloadModel(session: NotebookSession | undefined): Promise<void> {
  if (!session?.hasEngine) {
    void window.showInformationMessage("No model is loaded in this notebook.");
    return;
  }
  void window.showInformationMessage(unloadedText(await session.live("unloadModels", undefined)));
}
