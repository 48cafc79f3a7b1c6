import { EventEmitter, type NotebookDocument, workspace } from "vscode";
import { type Outcome, type SessionEvent, Supervisor } from "../../kernel/session/index.ts";
import { chooseNode } from "./chooseNode.ts";
import { readConfiguration } from "./configuration.ts";
import { engineOptions } from "./engineOptions.ts";
import { type KernelState, nextKernelState, noKernel, startingKernel } from "./kernelState.ts";
import { notebookFolder } from "./notebookFolder.ts";

/** One notebook's engine: started by the first cell, gone when the notebook closes. */
export class NotebookSession implements AsyncDisposable {
  readonly notebook: NotebookDocument;
  readonly #events = new EventEmitter<SessionEvent>();
  readonly #states = new EventEmitter<KernelState>();
  readonly onEvent = this.#events.event;
  readonly onState = this.#states.event;
  #state: KernelState = noKernel;
  #supervisor: Promise<Supervisor> | undefined;
  #disposed = false;

  constructor(notebook: NotebookDocument) {
    this.notebook = notebook;
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

  /** The running supervisor, or nothing when no cell has run yet. */
  async supervisor(): Promise<Supervisor | undefined> {
    return this.#supervisor;
  }

  async interrupt(): Promise<void> {
    (await this.#supervisor)?.interrupt();
  }

  /** Ends the engine with all its variables and starts another, with the settings as they are now. */
  async restart(): Promise<void> {
    const old = this.#supervisor;
    this.#supervisor = undefined;
    await old?.then((supervisor) => supervisor.shutdown("The engine was restarted"));
    const supervisor = await this.#start();
    await supervisor.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const supervisor = await this.#supervisor?.catch(() => undefined);
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
    this.#become(startingKernel);
    const { uri } = this.notebook;
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
    supervisor.on((event) => this.#hear(event));
    return supervisor;
  }

  #hear(event: SessionEvent): void {
    this.#become(nextKernelState(this.#state, event));
    this.#events.fire(event);
  }

  #become(state: KernelState): void {
    if (state.phase === this.#state.phase && state.reason === this.#state.reason) return;
    this.#state = state;
    this.#states.fire(state);
  }
}
