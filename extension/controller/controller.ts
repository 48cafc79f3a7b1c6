import {
  type Disposable,
  type NotebookCell,
  type NotebookController,
  type NotebookDocument,
  notebooks,
  workspace,
} from "vscode";
import { CELL_LANGUAGE, CONTROLLER_ID, KERNEL_TITLE, NOTEBOOK_TYPE } from "../ids.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import type { Sessions } from "../session/sessions.ts";
import { NotebookRunner } from "./notebookRunner.ts";

/** Our kernel in VS Code's list of kernels. */
export class MulanController implements Disposable {
  readonly #controller: NotebookController;
  readonly #sessions: Sessions;
  /** By session: it may go on as another document's. */
  readonly #runners = new WeakMap<NotebookSession, NotebookRunner>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#controller = notebooks.createNotebookController(
      CONTROLLER_ID,
      NOTEBOOK_TYPE,
      KERNEL_TITLE,
      (cells, notebook) => this.#execute(cells, notebook),
    );
    this.#controller.supportedLanguages = [CELL_LANGUAGE, "javascript"];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.description = "TypeScript cells with a music-text model";
    this.#controller.interruptHandler = (notebook) => this.runnerOf(notebook).interrupt();
  }

  /** VS Code's own object, for what chooses or observes it. */
  get vscodeController(): NotebookController {
    return this.#controller;
  }

  runnerOf(notebook: NotebookDocument): NotebookRunner {
    const session = this.#sessions.of(notebook);
    const found = this.#runners.get(session);
    if (found) return found;
    const runner = new NotebookRunner(session, this.#controller);
    this.#runners.set(session, runner);
    return runner;
  }

  dispose(): void {
    this.#controller.dispose();
  }

  #execute(cells: readonly NotebookCell[], notebook: NotebookDocument): Promise<void> {
    // VS Code asks for trust before it comes here; a workspace that is not trusted runs nothing all the same.
    if (!workspace.isTrusted) return Promise.resolve();
    return this.runnerOf(notebook).run(cells);
  }
}
