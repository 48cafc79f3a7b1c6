import { window } from "vscode";
import type { NotebookSession } from "../session/notebookSession.ts";
import { describeDevice } from "../status/describeKernel.ts";

/** Says where the models of a notebook run, and why not elsewhere. */
export async function showDevice(session: NotebookSession | undefined): Promise<void> {
  const models = (await session?.live("models", undefined).catch(() => [])) ?? [];
  if (models.length === 0) {
    void window.showInformationMessage(
      "No model is loaded in this notebook yet: run a cell with `await load()`, then ask again.",
    );
    return;
  }
  const detail = models
    .map((model) => [model.name, ...describeDevice(model)].join("\n"))
    .join("\n\n");
  void window.showInformationMessage("Where this notebook's models run", { modal: true, detail });
}
