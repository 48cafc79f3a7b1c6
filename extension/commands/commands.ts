import { commands, Disposable, type ExtensionContext, window } from "vscode";
import type { MulanController } from "../controller/controller.ts";
import type { Sessions } from "../session/sessions.ts";
import type { ActiveNotebook } from "../status/activeNotebook.ts";
import type { VariablesView } from "../variables/variablesView.ts";
import { clearEmbeddingCache } from "./clearEmbeddingCache.ts";
import { installCuda } from "./installCuda.ts";
import { newNotebook } from "./newNotebook.ts";
import { openSamples } from "./openSamples.ts";
import { selectModel } from "./selectModel.ts";
import { showDevice } from "./showDevice.ts";
import { unloadModel } from "./unloadModel.ts";

interface Rooms {
  readonly context: ExtensionContext;
  readonly sessions: Sessions;
  readonly controller: MulanController;
  readonly active: ActiveNotebook;
  readonly variables: VariablesView;
}

/** The commands that package.json announces. */
export function registerCommands({
  context,
  sessions,
  controller,
  active,
  variables,
}: Rooms): Disposable {
  const activeSession = () => active.notebook && sessions.find(active.notebook);
  const restart = async () => {
    if (active.notebook) await sessions.of(active.notebook).restart();
  };
  const table: Readonly<Record<string, () => unknown>> = {
    newNotebook,
    openSamples: () => openSamples(context),
    restartKernel: restart,
    interruptKernel: () => active.notebook && controller.runnerOf(active.notebook).interrupt(),
    selectModel: () => selectModel(restart),
    showDevice: () => showDevice(activeSession(), sessions.all()),
    unloadModel: () => unloadModel(activeSession()),
    installCuda: () => installCuda(() => (activeSession()?.hasEngine ? restart : undefined)),
    clearEmbeddingCache,
    refreshVariables: () => variables.refresh(),
  };
  return Disposable.from(
    ...Object.entries(table).map(([name, run]) =>
      commands.registerCommand(`mulan.${name}`, async () => {
        try {
          await run();
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          void window.showErrorMessage(why);
        }
      }),
    ),
  );
}
