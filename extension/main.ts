// The extension's beginning and end: what it consists of, in the order in which it comes to life.
import type { ExtensionContext } from "vscode";
import { connectRenderers } from "./bridge/rendererBridge.ts";
import { rendererIds } from "./bridge/rendererIds.ts";
import { registerCommands } from "./commands/commands.ts";
import { adoptNotebooks } from "./controller/adoptNotebook.ts";
import { MulanController } from "./controller/controller.ts";
import { preferOurs } from "./controller/preferOurs.ts";
import { offerLiveValues } from "./intellisense/liveIntelliSense.ts";
import { tellCellOrder } from "./intellisense/tellCellOrder.ts";
import { Sessions } from "./session/sessions.ts";
import { ActiveNotebook } from "./status/activeNotebook.ts";
import { showCellProgress } from "./status/cellProgress.ts";
import { noticeCrashes } from "./status/crashNotice.ts";
import { KernelStatus } from "./status/kernelStatus.ts";
import { VariablesView } from "./variables/variablesView.ts";

let sessions: Sessions | undefined;

export function activate(context: ExtensionContext): void {
  sessions = new Sessions();
  const controller = new MulanController(sessions);
  const active = new ActiveNotebook(controller.vscodeController);
  const variables = new VariablesView(sessions, active);
  context.subscriptions.push(
    sessions,
    controller,
    active,
    variables,
    preferOurs(controller.vscodeController),
    adoptNotebooks(controller.vscodeController),
    connectRenderers(rendererIds(context.extension.packageJSON), sessions, controller),
    new KernelStatus(sessions, active),
    showCellProgress(sessions),
    noticeCrashes(sessions),
    offerLiveValues(sessions),
    tellCellOrder(),
    registerCommands({ context, sessions, controller, active, variables }),
  );
}

/** VS Code waits for this when it closes: no engine outlives its window. */
export async function deactivate(): Promise<void> {
  await sessions?.endAll();
}
