import type { NotebookController } from "vscode";
import { commands, Disposable, EventEmitter, type NotebookDocument, window } from "vscode";
import { isOurs } from "../controller/notebookMetadata.ts";
import { NOTEBOOK_TYPE } from "../ids.ts";

/** Follows which notebook of ours a person looks at; also the context key `mulan.notebookActive`. */
export class ActiveNotebook implements Disposable {
  readonly #changed = new EventEmitter<NotebookDocument | undefined>();
  readonly onChange = this.#changed.event;
  readonly #chosen = new WeakSet<NotebookDocument>();
  readonly #listeners: Disposable;

  constructor(controller: Pick<NotebookController, "onDidChangeSelectedNotebooks">) {
    this.#listeners = Disposable.from(
      controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
        if (selected) this.#chosen.add(notebook);
        else this.#chosen.delete(notebook);
        this.#tell();
      }),
      window.onDidChangeActiveNotebookEditor(() => this.#tell()),
    );
    this.#tell();
  }

  /** The notebook in front, when our kernel runs it. */
  get notebook(): NotebookDocument | undefined {
    const notebook = window.activeNotebookEditor?.notebook;
    if (notebook?.notebookType !== NOTEBOOK_TYPE) return undefined;
    return this.#chosen.has(notebook) || isOurs(notebook.metadata) ? notebook : undefined;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }

  #tell(): void {
    const { notebook } = this;
    void commands.executeCommand("setContext", "mulan.notebookActive", notebook !== undefined);
    this.#changed.fire(notebook);
  }
}
