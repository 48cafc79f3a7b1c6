import { window } from "vscode";
import type { NotebookSession } from "../session/notebookSession.ts";
import { megabytes } from "../status/memoryText.ts";

/** Gives back what a notebook's models hold; its variables stay, and the next use opens the models again. */
export async function unloadModel(session: NotebookSession | undefined): Promise<void> {
  if (!session?.hasEngine) {
    void window.showInformationMessage("No model is loaded in this notebook.");
    return;
  }
  const { freedBytes } = await session.live("unloadModels", undefined);
  void window.showInformationMessage(
    freedBytes === 0
      ? "This notebook's models held no memory of their own."
      : `This notebook's models are unloaded: ${megabytes(freedBytes)} are free again. They are opened when a cell uses them.`,
  );
}
