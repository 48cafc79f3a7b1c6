import { type Disposable, EventEmitter, type NotebookDocument, workspace } from "vscode";
import { NotebookSession } from "./notebookSession.ts";

/** The sessions of all open notebooks; each ends with its notebook. */
export class Sessions implements Disposable {
  readonly #sessions = new Map<NotebookDocument, NotebookSession>();
  readonly #created = new EventEmitter<NotebookSession>();
  readonly #closing = workspace.onDidCloseNotebookDocument((notebook) => this.#close(notebook));
  readonly onCreated = this.#created.event;

  find(notebook: NotebookDocument): NotebookSession | undefined {
    return this.#sessions.get(notebook);
  }

  of(notebook: NotebookDocument): NotebookSession {
    const found = this.#sessions.get(notebook);
    if (found) return found;
    const session = new NotebookSession(notebook);
    this.#sessions.set(notebook, session);
    this.#created.fire(session);
    return session;
  }

  /** Ends every engine; resolves when none is left. */
  async endAll(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map((session) => session[Symbol.asyncDispose]()));
  }

  dispose(): void {
    this.#closing.dispose();
    this.#created.dispose();
    void this.endAll();
  }

  #close(notebook: NotebookDocument): void {
    const session = this.#sessions.get(notebook);
    this.#sessions.delete(notebook);
    void session?.[Symbol.asyncDispose]();
  }
}
