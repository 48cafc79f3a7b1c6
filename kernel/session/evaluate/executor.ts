import { displayValue } from "../output/displayValue.ts";
import { sendEvent } from "../output/eventPipe.ts";
import { spend } from "../output/outputBudget.ts";
import { progressSender } from "../output/progress.ts";
import type { Streams } from "../output/streams.ts";
import type { CellError, EngineEvent } from "../protocol.ts";
import { toCellError } from "./cellError.ts";
import { type CellRun, here, lastRun } from "./cellRun.ts";
import type { CellTimers } from "./cellTimers.ts";
import { Interruption } from "./interruption.ts";
import { type Notebook, tidyMessage } from "./notebook.ts";
import type { ScriptRegistry } from "./scripts.ts";
import { framesOf } from "./stackFrames.ts";

export interface CellRequest {
  readonly requestId: string;
  readonly cellId: string;
  readonly code: string;
}

export interface ExecutorParts {
  readonly notebook: Notebook;
  readonly scripts: ScriptRegistry;
  readonly streams: Streams;
  readonly timers: CellTimers;
  /** Gets ready what a cell's text needs before it can run. */
  readonly prepare: (code: string) => Promise<void> | undefined;
  readonly limitChars: number;
}

/** Runs cells one after the other and says what becomes of each. */
export class Executor {
  readonly #notebook: Notebook;
  readonly #scripts: ScriptRegistry;
  readonly #streams: Streams;
  readonly #limitChars: number;
  readonly #timers: CellTimers;
  readonly #prepare: ExecutorParts["prepare"];
  #executionCount = 0;
  #active: { readonly run: CellRun; readonly reject: (error: Error) => void } | undefined;

  constructor({ notebook, scripts, streams, timers, prepare, limitChars }: ExecutorParts) {
    this.#notebook = notebook;
    this.#scripts = scripts;
    this.#streams = streams;
    this.#timers = timers;
    this.#prepare = prepare;
    this.#limitChars = limitChars;
  }

  async execute({ requestId, cellId, code }: CellRequest): Promise<void> {
    const startMs = performance.now();
    const run = this.#newRun(cellId);
    const { executionCount } = run;
    sendEvent({ type: "status", status: "busy", cellId });
    const interrupted = new Promise<never>((_, reject) => {
      this.#active = { run, reject };
    });
    let status: "ok" | "error" | "interrupted" = "ok";
    try {
      await this.#prepare(code);
      const value = await Promise.race([this.#notebook.evaluate(run, code), interrupted]);
      await Promise.race([Promise.all(run.pending), interrupted]);
      const { signal } = run.controller;
      const bundle = await Promise.race([displayValue(value, { signal }), interrupted]);
      if (bundle) {
        spend(run, bundle);
        this.#send({ type: "result", cellId, bundle, executionCount });
      }
    } catch (error) {
      status = run.controller.signal.aborted ? "interrupted" : "error";
      this.report(run, error);
    }
    this.#active = undefined;
    this.#streams.flush();
    const durationMs = performance.now() - startMs;
    sendEvent({ type: "executed", requestId, cellId, status, executionCount, durationMs });
    sendEvent({ type: "status", status: "idle", cellId });
  }

  /**
   * Ends the running cell: library calls by their signal, its own code at once or at its next await,
   * its timers. When no cell runs, the timers of all cells.
   */
  interrupt(): void {
    const active = this.#active;
    this.#timers.stop(active?.run);
    if (!active) return;
    const reason = new Interruption();
    active.run.controller.abort(reason);
    active.reject(reason);
  }

  /** Shows an error in the cell that it belongs to, whether the cell has ended or not. */
  report(run: CellRun | undefined, thrown: unknown): void {
    const owner = run ?? ownerOfStack(thrown, this.#scripts) ?? here() ?? lastRun();
    if (!owner) return;
    // The run that an interrupt ended has said so already.
    if (run === undefined && thrown === owner.controller.signal.reason) return;
    tidyMessage(thrown);
    const error: CellError = toCellError(thrown, owner, this.#scripts);
    this.#send({ type: "error", cellId: owner.cellId, error });
  }

  #send(event: EngineEvent): void {
    this.#streams.flush();
    sendEvent(event);
  }

  #newRun(cellId: string): CellRun {
    const controller = new AbortController();
    this.#executionCount++;
    return {
      cellId,
      executionCount: this.#executionCount,
      controller,
      ambient: { signal: controller.signal, onProgress: progressSender(cellId, this.#streams) },
      pending: new Set(),
      limitChars: this.#limitChars,
      leftChars: this.#limitChars,
      toldOfInterrupt: false,
    };
  }
}

/** The run whose code began what failed: the outermost of the user's frames. */
function ownerOfStack(thrown: unknown, scripts: ScriptRegistry): CellRun | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const frames = framesOf(stackText(thrown), scripts);
  const count = frames.findLast(({ executionCount }) => executionCount)?.executionCount;
  return count === undefined ? undefined : scripts.runOf(count);
}

function stackText(error: Error): string {
  try {
    return String(error.stack);
  } catch {
    return "";
  }
}
