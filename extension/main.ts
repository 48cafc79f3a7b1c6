// The extension's beginning and end: what it consists of, in the order in which it comes to life.
import type { ExtensionContext } from "vscode";
import { adoptNotebooks } from "./controller/adoptNotebook.ts";
import { MulanController } from "./controller/controller.ts";
import { preferOurs } from "./controller/preferOurs.ts";
import { Sessions } from "./session/sessions.ts";

let sessions: Sessions | undefined;

export function activate(context: ExtensionContext): void {
  sessions = new Sessions();
  const controller = new MulanController(sessions);
  context.subscriptions.push(
    sessions,
    controller,
    preferOurs(controller.vscodeController),
    adoptNotebooks(controller.vscodeController),
  );
}

/** VS Code waits for this when it closes: no engine outlives its window. */
export async function deactivate(): Promise<void> {
  await sessions?.endAll();
}
