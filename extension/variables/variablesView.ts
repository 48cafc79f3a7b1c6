import {
  type Disposable,
  Disposable as Disposables,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  window,
} from "vscode";
import type { VariableInfo } from "../../kernel/session/index.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import type { Sessions } from "../session/sessions.ts";
import type { ActiveNotebook } from "../status/activeNotebook.ts";

const VIEW_ID = "mulan.variables";

/** The variables of the notebook in front; asked anew after each cell. */
export class VariablesView implements TreeDataProvider<VariableInfo>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #sessions: Sessions;
  readonly #active: ActiveNotebook;
  readonly #listeners: Disposable;

  constructor(sessions: Sessions, active: ActiveNotebook) {
    this.#sessions = sessions;
    this.#active = active;
    this.#listeners = Disposables.from(
      window.createTreeView(VIEW_ID, { treeDataProvider: this }),
      active.onChange(() => this.refresh()),
      sessions.onCreated((session) => this.#follow(session)),
    );
  }

  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(parent?: VariableInfo): Promise<VariableInfo[]> {
    const { notebook } = this.#active;
    const session = notebook && this.#sessions.find(notebook);
    if (parent || !session || session.state.phase !== "idle") return [];
    return [...(await session.live("variables", undefined).catch(() => []))];
  }

  getTreeItem({ name, type, shape, value }: VariableInfo): TreeItem {
    const item = new TreeItem(name);
    item.description = [shape ? `${type} (${shape})` : type, value].join("  ");
    item.tooltip = `${name}: ${type}\n${value}`;
    item.accessibilityInformation = { label: `${name}, ${type} ${shape}, ${value}` };
    return item;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }

  #follow(session: NotebookSession): void {
    session.onState(({ phase }) => {
      // While a cell runs the last list stays: an empty one would flicker.
      if (phase === "idle" || phase === "ended") this.refresh();
    });
  }
}
