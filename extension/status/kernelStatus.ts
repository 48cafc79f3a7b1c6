import { Disposable, MarkdownString, StatusBarAlignment, type StatusBarItem, window } from "vscode";
import { noKernel } from "../session/kernelState.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import type { Sessions } from "../session/sessions.ts";
import type { ActiveNotebook } from "./activeNotebook.ts";
import { describeKernel, type LoadedModel } from "./describeKernel.ts";

/** The status bar's entry for the notebook in front. */
export class KernelStatus implements Disposable {
  readonly #item: StatusBarItem;
  readonly #sessions: Sessions;
  readonly #active: ActiveNotebook;
  readonly #models = new WeakMap<NotebookSession, LoadedModel>();
  readonly #listeners: Disposable;

  constructor(sessions: Sessions, active: ActiveNotebook) {
    this.#sessions = sessions;
    this.#active = active;
    this.#item = window.createStatusBarItem("mulan.kernel", StatusBarAlignment.Right, 100);
    this.#item.name = "MuLan Kernel";
    this.#item.command = "mulan.showDevice";
    this.#listeners = Disposable.from(
      active.onChange(() => this.#show()),
      sessions.onCreated((session) => this.#follow(session)),
    );
    this.#show();
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#item.dispose();
  }

  #follow(session: NotebookSession): void {
    session.onState(async ({ phase }) => {
      if (phase === "ended" || phase === "starting") this.#models.delete(session);
      this.#show();
      // A cell that has ended may have loaded a model.
      if (phase === "idle") await this.#askForModel(session);
    });
  }

  async #askForModel(session: NotebookSession): Promise<void> {
    const models = await session.live("models", undefined).catch(() => []);
    const latest = models.at(-1);
    if (!latest) return;
    this.#models.set(session, latest);
    this.#show();
  }

  #show(): void {
    const { notebook } = this.#active;
    if (!notebook) {
      this.#item.hide();
      return;
    }
    const session = this.#sessions.find(notebook);
    const model = session && this.#models.get(session);
    const { text, tooltip } = describeKernel(session?.state ?? noKernel, model);
    this.#item.text = text;
    this.#item.tooltip = new MarkdownString(tooltip);
    this.#item.show();
  }
}
