import { basename } from "node:path";
import { window } from "vscode";
import type { NotebookSession } from "../session/notebookSession.ts";
import { describeDevice } from "../status/describeKernel.ts";
import { memoryText } from "../status/memoryText.ts";

/**
 * Says where the models of a notebook run and why not elsewhere, and what each notebook's processes hold in memory.
 * @param all the sessions of all notebooks
 */
export async function showDevice(
  session: NotebookSession | undefined,
  all: readonly NotebookSession[],
): Promise<void> {
  const models = (await session?.live("models", undefined).catch(() => [])) ?? [];
  const memory = await memoryLines(all);
  if (models.length === 0 && memory.length === 0) {
    void window.showInformationMessage(
      "No model is loaded in this notebook yet: run a cell with `await load()`, then try again.",
    );
    return;
  }
  const devices = models.map((model) => [model.name, ...describeDevice(model)].join("\n"));
  const none = models.length === 0 ? ["No model is loaded in this notebook yet."] : [];
  const detail = [...devices, ...none, ["Memory", ...memory].join("\n")].join("\n\n");
  void window.showInformationMessage("Where this notebook's models run", { modal: true, detail });
}

async function memoryLines(sessions: readonly NotebookSession[]): Promise<string[]> {
  const lines = sessions
    .filter(({ hasEngine }) => hasEngine)
    .map(async (session) => {
      const name = basename(session.notebook.uri.path);
      const processes = await session.live("memory", undefined).catch(() => undefined);
      return processes && memoryText(name, processes);
    });
  return (await Promise.all(lines)).filter((line) => line !== undefined);
}
