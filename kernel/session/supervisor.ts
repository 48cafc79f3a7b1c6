import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { crashReport, notRun } from "./crashReport.ts";
import { type EngineEnd, EngineProcess } from "./engineProcess.ts";
import type { LiveName, LiveRequests } from "./live.ts";
import { PendingReplies } from "./pendingReplies.ts";
import type { CellError, Completions, EngineCommand, EngineEvent, Inspection } from "./protocol.ts";
import { RawOutput } from "./rawOutput.ts";
import { defaultResidentMb, tooMuchMemory } from "./residentLimit.ts";
import { settingsToEnvironment } from "./settings.ts";

export interface SupervisorOptions {
  /** The notebook's folder; cells run in it. Default: the present folder. */
  readonly cwd?: string;
  /** The notebook's path, which need not exist. Default: "notebook.ipynb" in `cwd`. */
  readonly notebookPath?: string;
  /** The Node that runs cells. Default: `MULAN_ENGINE_NODE`, else this process's own. */
  readonly nodePath?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Limit of V8's heap. Default: V8's own. */
  readonly maxHeapMb?: number;
  /** The engine is ended when its resident memory passes this: ArrayBuffers are not in V8's heap. Default: 80 % of the machine's. */
  readonly maxResidentMb?: number;
  /** A run that prints more ends with an error. Default 16 Mi characters. */
  readonly outputLimitChars?: number;
  /** So much of each clip's sound is stored in its figure, as mono FLAC. Default 0: none. */
  readonly storeAudioSec?: number;
}

export type ExecutionStatus = "ok" | "error" | "interrupted" | "crashed";

/** How a run ended. Its outputs came as events. */
export interface Outcome {
  readonly status: ExecutionStatus;
  readonly error?: CellError;
  readonly executionCount?: number;
  readonly durationMs?: number;
}

/** What front doors hear: the engine's events and what becomes of the engine itself. */
export type SessionEvent =
  | EngineEvent
  | { readonly type: "started"; readonly again: boolean }
  | { readonly type: "crashed"; readonly error: CellError };

interface RunningCell {
  readonly requestId: string;
  readonly cellId: string;
  readonly onEvent: ((event: SessionEvent) => void) | undefined;
  readonly finish: (outcome: Outcome) => void;
  error?: CellError;
  /** The engine has it. Before, it waits for the engine to start. */
  sent?: boolean;
}

interface WaitingCell {
  readonly code: string;
  readonly cellId: string;
  readonly onEvent: ((event: SessionEvent) => void) | undefined;
  readonly life: number;
}

const DEFAULT_OUTPUT_LIMIT_CHARS = 16 * 2 ** 20;
const KILL_AFTER_INTERRUPT_MS = 4000;

export interface EngineInfo {
  readonly pid: number;
  readonly nodeVersion: string;
  readonly packageVersion: string;
}

/** Starts, feeds, interrupts and restarts one notebook's engine. The only way in which front doors run cells. */
export class Supervisor implements AsyncDisposable {
  readonly #options: SupervisorOptions;
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #pending = new PendingReplies();
  readonly #raw = new RawOutput((stream) => this.#emit(stream));
  #engine: EngineProcess | undefined;
  #ready: Promise<EngineInfo> | undefined;
  #settleReady: { resolve(info: EngineInfo): void; reject(error: Error): void } | undefined;
  #ended: Promise<void> = Promise.resolve();
  #queue: Promise<unknown> = Promise.resolve();
  #running: RunningCell | undefined;
  /** Cells whose turn has not come. */
  #nWaiting = 0;
  /** Asked for before the engine had a cell to interrupt. */
  #interruptNext = false;
  /** Counts the shutdowns: cells that were given before one do not run after it. */
  #life = 0;
  #sequence = 0;
  #startedBefore = false;
  #exited = false;
  #killedBecause: string | undefined;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(options: SupervisorOptions = {}) {
    this.#options = options;
  }

  /** The engine's process id while there is one. */
  get pid(): number | undefined {
    return this.#engine?.pid;
  }

  /** Hears every event of every cell. Answers its own end. */
  on(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts the engine unless it runs. @throws Error when it cannot be started */
  start(): Promise<EngineInfo> {
    this.#ready ??= this.#spawn();
    return this.#ready;
  }

  /**
   * Runs a cell after those that were given before it, in an engine that is started when there is none.
   * @param onEvent hears this cell's events until its run ends; later ones reach `on` only
   */
  execute(
    code: string,
    {
      cellId = randomUUID(),
      onEvent,
    }: { cellId?: string; onEvent?: (event: SessionEvent) => void } = {},
  ): Promise<Outcome> {
    const life = this.#life;
    this.#nWaiting++;
    const turn = this.#queue.then(() => {
      this.#nWaiting--;
      return this.#runCell({ code, cellId, onEvent, life });
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** Names that fit at a place of a cell's text; none while no engine runs. */
  async complete(code: string, offset: number): Promise<Completions> {
    if (!this.#engine) return { start: offset, end: offset, items: [] };
    const requestId = randomUUID();
    return (await this.#ask({ type: "complete", requestId, code, offset })) as Completions;
  }

  /** What the name at a place of a cell's text holds now. */
  async inspect(code: string, offset: number): Promise<Inspection | undefined> {
    if (!this.#engine) return undefined;
    const requestId = randomUUID();
    return (await this.#ask({ type: "inspect", requestId, code, offset })) as
      | Inspection
      | undefined;
  }

  /** A request of live.ts. It waits while a cell keeps the engine busy. @throws Error when none runs */
  async live<Name extends LiveName>(
    name: Name,
    params?: LiveRequests[Name]["params"],
  ): Promise<LiveRequests[Name]["answer"]> {
    if (!this.#engine) throw new Error("no engine is running: run a cell first");
    const requestId = randomUUID();
    return (await this.#ask({
      type: "live",
      requestId,
      name,
      params,
    })) as LiveRequests[Name]["answer"];
  }

  /**
   * Ends the running cell, or the next one when none has begun, and keeps the variables; an engine that does not
   * answer is killed.
   */
  interrupt(): void {
    if (this.#running ? !this.#running.sent : this.#nWaiting > 0) this.#interruptNext = true;
    else this.#engine?.interrupt(this.#running ? this.#sequence : 0);
    if (!this.#running || this.#killTimer) return;
    this.#killTimer = setTimeout(() => {
      this.#kill("The engine was ended because it did not answer an interrupt");
    }, KILL_AFTER_INTERRUPT_MS);
  }

  /** Ends the engine and starts a new one; a running cell and those that wait end as crashed. */
  async restart(): Promise<EngineInfo> {
    await this.shutdown("The engine was restarted");
    return this.start();
  }

  /** Ends the engine and waits until it is gone; a running cell and those that wait end as crashed. */
  async shutdown(because = "The engine was shut down"): Promise<void> {
    this.#life++;
    this.#kill(because);
    await this.#ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  #spawn(): Promise<EngineInfo> {
    const { cwd = process.cwd(), env, maxHeapMb } = this.#options;
    const folder = resolve(cwd);
    const settings = settingsToEnvironment({
      notebookPath: resolve(folder, this.#options.notebookPath ?? "notebook.ipynb"),
      outputLimitChars: this.#options.outputLimitChars ?? DEFAULT_OUTPUT_LIMIT_CHARS,
      storeAudioSec: this.#options.storeAudioSec ?? 0,
    });
    this.#exited = false;
    this.#killedBecause = undefined;
    this.#raw.forget();
    const ready = new Promise<EngineInfo>((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    ready.catch(() => {});
    this.#ended = new Promise((resolve) => {
      const hearEnd = (end: EngineEnd) => {
        this.#hearEnd(end);
        resolve();
      };
      try {
        this.#engine = new EngineProcess({
          nodePath: this.#options.nodePath ?? process.env.MULAN_ENGINE_NODE ?? process.execPath,
          cwd: folder,
          env: { ...env, ...settings },
          maxHeapMb,
          maxResidentBytes: (this.#options.maxResidentMb ?? defaultResidentMb()) * 2 ** 20,
          onTooMuchMemory: (usedBytes) => this.#kill(tooMuchMemory(usedBytes)),
          onUnreadable: ({ message }) =>
            this.#kill(`The engine was ended because it sent what cannot be read (${message})`),
          onEvent: (event) => this.#hear(event),
          onRawOutput: (name, text) => this.#raw.hear(name, text),
          onEnd: hearEnd,
        });
      } catch (startError) {
        // Some failures of a start are told by an event, others are thrown: a folder that is a file.
        setImmediate(hearEnd, { exitCode: null, signal: null, startError: startError as Error });
      }
    });
    return ready;
  }

  async #runCell({ code, cellId, onEvent, life }: WaitingCell): Promise<Outcome> {
    const requestId = randomUUID();
    const outcome = new Promise<Outcome>((finish) => {
      this.#running = { requestId, cellId, onEvent, finish };
    });
    if (life !== this.#life) return this.#giveUp(outcome, "crashed", "the engine was shut down");
    this.#raw.beginCell(cellId, this.#options.outputLimitChars ?? DEFAULT_OUTPUT_LIMIT_CHARS);
    try {
      await this.start();
      if (this.#interruptNext) return this.#giveUp(outcome, "interrupted", "it was interrupted");
      this.#sequence++;
      this.#running!.sent = true;
      this.#send({ type: "execute", requestId, cellId, code, sequence: this.#sequence });
    } catch {
      // The engine's end finishes the run.
    }
    return outcome;
  }

  /** Ends the turn of a cell that the engine never had. */
  #giveUp(outcome: Promise<Outcome>, status: ExecutionStatus, because: string): Promise<Outcome> {
    const cellId = this.#running?.cellId;
    const error = notRun(because);
    if (cellId !== undefined) this.#emit({ type: "error", cellId, error });
    this.#finish({ status, error });
    return outcome;
  }

  #send(command: EngineCommand): void {
    this.#engine?.send(command);
  }

  #ask(command: Exclude<EngineCommand, { type: "execute" | "shutdown" }>): Promise<unknown> {
    const reply = this.#pending.wait(command.requestId);
    this.#send(command);
    return reply;
  }

  #hear(event: EngineEvent): void {
    if (event.type === "ready") {
      this.#emit({ type: "started", again: this.#startedBefore });
      this.#startedBefore = true;
      this.#settleReady?.resolve(event);
    }
    if (event.type === "exiting") this.#exited = true;
    if (event.type === "reply" || event.type === "refusal") this.#pending.settle(event);
    const running = this.#running;
    if (event.type === "error" && running?.cellId === event.cellId) running.error ??= event.error;
    this.#emit(event);
    if (event.type === "executed" && running?.requestId === event.requestId) {
      const { status, executionCount, durationMs } = event;
      const error = status === "ok" ? undefined : running.error;
      this.#finish({ status, executionCount, durationMs, ...(error && { error }) });
    }
  }

  #hearEnd(end: EngineEnd): void {
    this.#engine = undefined;
    this.#ready = undefined;
    const error = crashReport({
      ...end,
      stderrTail: this.#raw.stderrTail,
      exited: this.#exited,
      killedBecause: this.#killedBecause,
      maxHeapMb: this.#options.maxHeapMb,
    });
    this.#settleReady?.reject(new Error(error.message));
    this.#pending.rejectAll(error.message);
    const cellId = this.#running?.cellId;
    if (cellId !== undefined) this.#emit({ type: "error", cellId, error });
    this.#emit({ type: "crashed", error });
    this.#finish({ status: "crashed", error });
  }

  #emit(event: SessionEvent): void {
    const running = this.#running;
    if (running?.onEvent && concerns(event, running)) running.onEvent(event);
    for (const listener of this.#listeners) listener(event);
  }

  #finish(outcome: Outcome): void {
    const running = this.#running;
    this.#running = undefined;
    this.#interruptNext = false;
    clearTimeout(this.#killTimer);
    this.#killTimer = undefined;
    running?.finish(outcome);
  }

  #kill(because: string): void {
    if (!this.#engine) return;
    this.#killedBecause ??= because;
    this.#engine.kill();
  }
}

function concerns(event: SessionEvent, { cellId }: RunningCell): boolean {
  return !("cellId" in event) || event.cellId === cellId;
}
