import {
  Disposable,
  type NotebookEditor,
  type NotebookRendererMessaging,
  notebooks,
  window,
} from "vscode";
import type { HostMessage } from "../../kernel/mulan/figures/rendererMessages.ts";
import type { MulanController } from "../controller/controller.ts";
import { noKernel } from "../session/kernelState.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import type { Sessions } from "../session/sessions.ts";
import { answerRequest } from "./answerRequest.ts";
import { aboutToRun, hostMessages } from "./hostState.ts";
import { insertCell } from "./insertCell.ts";
import { parseMessage } from "./parseMessage.ts";
import { writeBack } from "./writeBack.ts";

type Controller = Pick<MulanController, "runnerOf">;

/**
 * Lets figures ask the engine of their notebook, and tells them what becomes of it.
 * @param rendererIds those of our own package.json: VS Code refuses others
 */
export function connectRenderers(
  rendererIds: readonly string[],
  sessions: Sessions,
  controller: Controller,
): Disposable {
  const lines = rendererIds.map((id) => notebooks.createRendererMessaging(id));
  return Disposable.from(
    ...lines.map((line) =>
      line.onDidReceiveMessage(({ editor, message }) =>
        hear(message, editor, line, sessions, controller),
      ),
    ),
    sessions.onCreated((session) => follow(session, lines, controller)),
  );
}

function hear(
  received: unknown,
  editor: NotebookEditor,
  line: NotebookRendererMessaging,
  sessions: Sessions,
  controller: Controller,
): void {
  const message = parseMessage(received);
  if (!message) return;
  const { notebook } = editor;
  const session = sessions.find(notebook);
  const post = (answer: HostMessage) => void line.postMessage(answer, editor);
  switch (message.type) {
    case "hello":
      for (const answer of hostMessages(session?.state ?? noKernel)) post(answer);
      if (session) post(aboutToRun(controller.runnerOf(notebook)));
      return;
    case "live":
      void answerRequest(message, session, post);
      return;
    case "cancel":
      // The engine answers all the same; its figure has stopped listening.
      return;
    case "edited":
      if (!session) return;
      writeBack(session, controller.runnerOf(notebook), message.outputId, message.figure).catch(
        sayWhatFailed("The changed figure could not be written back"),
      );
      return;
    case "insertCell":
      insertCell(notebook, message.outputId, message.code).catch(
        sayWhatFailed("The cell could not be inserted"),
      );
  }
}

function follow(
  session: NotebookSession,
  lines: readonly NotebookRendererMessaging[],
  controller: Controller,
): void {
  const tell = (messages: readonly HostMessage[]): void => {
    for (const editor of window.visibleNotebookEditors) {
      if (editor.notebook !== session.notebook) continue;
      for (const line of lines) {
        for (const message of messages) void line.postMessage(message, editor);
      }
    }
  };
  const runner = controller.runnerOf(session.notebook);
  session.onState((state) => tell(hostMessages(state)));
  runner.onAboutToRun(() => tell([aboutToRun(runner)]));
}

function sayWhatFailed(what: string): (error: unknown) => void {
  return (error) => {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(`${what}: ${why}`);
  };
}
