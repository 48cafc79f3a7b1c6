import { randomUUID } from "node:crypto";
import { EventEmitter, type NotebookDocument, workspace } from "vscode";
import {
  type LiveName,
  type LiveRequests,
  type Outcome,
  type SessionEvent,
  Supervisor,
} from "../../kernel/session/index.ts";
import { chooseNode } from "./chooseNode.ts";
import { readConfiguration } from "./configuration.ts";
import { engineOptions } from "./engineOptions.ts";
import { type KernelState, nextKernelState, noKernel, startingKernel } from "./kernelState.ts";
import { notebookFolder } from "./notebookFolder.ts";

/** One notebook's engine: started by the first cell, gone when the notebook closes for good. */
export class NotebookSession implements AsyncDisposable {
  #notebook: NotebookDocument;
  readonly #events = new EventEmitter<SessionEvent>();
  readonly #states = new EventEmitter<KernelState>();
  /** Everything that any cell's run says. */
  readonly onEvent = this.#events.event;
  readonly onState = this.#states.event;
  #state: KernelState = noKernel;
  #supervisor: Promise<Supervisor> | undefined;
  #disposed = false;

  constructor(notebook: NotebookDocument) {
    this.#notebook = notebook;
  }

  get notebook(): NotebookDocument {
    return this.#notebook;
  }

  /** An engine was asked for and has not been given up. */
  get hasEngine(): boolean {
    return this.#supervisor !== undefined;
  }

  /** Goes on as another document's session, as when an untitled notebook was saved; the engine stays in its folder. */
  moveTo(notebook: NotebookDocument): void {
    this.#notebook = notebook;
    // Whoever shows the state looks for it by its notebook.
    this.#states.fire(this.#state);
  }

  get state(): KernelState {
    return this.#state;
  }

  /**
   * Runs a cell's code after those that were given before it.
   * @throws Error when no Node can be found to run it
   */
  async execute(code: string, cellId: string): Promise<Outcome> {
    const supervisor = await this.#start();
    return supervisor.execute(code, { cellId });
  }

  /**
   * Asks the running engine; it answers between its turns.
   * @throws Error when no engine runs, and what the engine answers with
   */
  async live<Name extends LiveName>(
    name: Name,
    params: LiveRequests[Name]["params"],
  ): Promise<LiveRequests[Name]["answer"]> {
    const supervisor = await this.#supervisor;
    if (!supervisor) throw new Error("no kernel is running: run a cell first");
    return supervisor.live(name, params);
  }

  /** The supervisor of the engine that runs; nothing before the first cell. */
  async running(): Promise<Pick<Supervisor, "complete" | "inspect"> | undefined> {
    return this.#supervisor?.catch(() => undefined);
  }

  async interrupt(): Promise<void> {
    (await this.#supervisor)?.interrupt();
  }

  /** Ends the engine with all its variables and starts another, with the settings as they are now. */
  async restart(): Promise<void> {
    const old = this.#supervisor;
    this.#supervisor = undefined;
    const ended = await old?.catch(() => undefined);
    await ended?.shutdown("The engine was restarted");
    const supervisor = await this.#start();
    await supervisor.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const ending = this.#supervisor;
    // From here on an engine's end is no news.
    this.#supervisor = undefined;
    const supervisor = await ending?.catch(() => undefined);
    await supervisor?.shutdown("The notebook was closed");
    this.#events.dispose();
    this.#states.dispose();
  }

  #start(): Promise<Supervisor> {
    if (!this.#supervisor) {
      const starting = this.#create();
      this.#supervisor = starting;
      starting.catch(() => {
        if (this.#supervisor === starting) this.#supervisor = undefined;
        this.#become(noKernel);
      });
    }
    return this.#supervisor;
  }

  async #create(): Promise<Supervisor> {
    if (!workspace.isTrusted) {
      throw new Error("This workspace is not trusted: no kernel is started in it");
    }
    this.#become(startingKernel);
    const { uri } = this.#notebook;
    const configuration = readConfiguration(uri);
    const node = await chooseNode(configuration.nodePath || undefined);
    if (this.#disposed) throw new Error("The notebook was closed");
    const options = engineOptions(configuration);
    const supervisor = new Supervisor({
      ...notebookFolder(uri, workspace.workspaceFolders?.[0]?.uri.fsPath),
      ...options,
      nodePath: node.path,
      env: { ...options.env, ...node.env },
    });
    supervisor.on((event) => void this.#hear(event, supervisor));
    return supervisor;
  }

  async #hear(event: SessionEvent, from: Supervisor): Promise<void> {
    this.#events.fire(event);
    // The last words of an engine that was restarted say nothing about the new one.
    if ((await this.#supervisor) !== from) return;
    this.#become(nextKernelState(this.#state, event, randomUUID));
  }

  #become(state: KernelState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#states.fire(state);
  }
}
