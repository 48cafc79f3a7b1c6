import { Disposable, EventEmitter, type NotebookDocument, workspace } from "vscode";
import { Heirs } from "./heirs.ts";
import { NotebookSession } from "./notebookSession.ts";

/** The sessions of all open notebooks; each ends with its notebook, unless that was saved under its first name. */
export class Sessions implements Disposable {
  readonly #sessions = new Map<NotebookDocument, NotebookSession>();
  /** Of untitled notebooks that have closed, until it is known whether they go on under a name. */
  readonly #orphans = new Set<NotebookSession>();
  readonly #heirs = new Heirs<NotebookDocument>();
  readonly #created = new EventEmitter<NotebookSession>();
  readonly #listeners = Disposable.from(
    workspace.onDidOpenNotebookDocument((notebook) => this.#heirs.opened(notebook)),
    workspace.onDidCloseNotebookDocument((notebook) => this.#close(notebook)),
  );
  readonly onCreated = this.#created.event;

  find(notebook: NotebookDocument): NotebookSession | undefined {
    return this.#sessions.get(notebook);
  }

  all(): NotebookSession[] {
    return [...this.#sessions.values()];
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
    const sessions = [...this.#sessions.values(), ...this.#orphans];
    this.#sessions.clear();
    this.#orphans.clear();
    await Promise.all(sessions.map((session) => session[Symbol.asyncDispose]()));
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#created.dispose();
    void this.endAll();
  }

  #close(notebook: NotebookDocument): void {
    this.#heirs.closed(notebook);
    const session = this.#sessions.get(notebook);
    this.#sessions.delete(notebook);
    if (!session) return;
    if (notebook.uri.scheme === "untitled" && session.hasEngine) void this.#handOver(session);
    else void session[Symbol.asyncDispose]();
  }

  /** Gives the engine to what its notebook was saved as, or ends it. */
  async #handOver(session: NotebookSession): Promise<void> {
    this.#orphans.add(session);
    const heir = await this.#heirs.of(session.notebook);
    // When everything ends meanwhile, this one has ended with it.
    if (!this.#orphans.delete(session)) return;
    const own = heir && this.#sessions.get(heir);
    if (!heir || heir.isClosed || own?.hasEngine) {
      await session[Symbol.asyncDispose]();
      return;
    }
    this.#sessions.set(heir, session);
    session.moveTo(heir);
    await own?.[Symbol.asyncDispose]();
  }
}
