import { displayValue } from "../output/displayValue.ts";
import { sendEvent } from "../output/eventPipe.ts";
import { progressSender } from "../output/progress.ts";
import type { Streams } from "../output/streams.ts";
import type { CellError, EngineEvent } from "../protocol.ts";
import { toCellError } from "./cellError.ts";
import { type CellRun, here } from "./cellRun.ts";
import { Interruption } from "./interruption.ts";
import { type Notebook, tidyMessage } from "./notebook.ts";
import type { ScriptRegistry } from "./scripts.ts";

export interface CellRequest {
  readonly requestId: string;
  readonly cellId: string;
  readonly code: string;
}

/** Runs cells one after the other and says what becomes of each. */
export class Executor {
  readonly #notebook: Notebook;
  readonly #scripts: ScriptRegistry;
  readonly #streams: Streams;
  readonly #limitChars: number;
  #executionCount = 0;
  #active: { readonly run: CellRun; readonly reject: (error: Error) => void } | undefined;
  #latest: CellRun | undefined;

  constructor(notebook: Notebook, scripts: ScriptRegistry, streams: Streams, limitChars: number) {
    this.#notebook = notebook;
    this.#scripts = scripts;
    this.#streams = streams;
    this.#limitChars = limitChars;
  }

  async execute({ requestId, cellId, code }: CellRequest): Promise<void> {
    const startMs = performance.now();
    const run = this.#newRun(cellId);
    this.#latest = run;
    const { executionCount } = run;
    sendEvent({ type: "status", status: "busy", cellId });
    const interrupted = new Promise<never>((_, reject) => {
      this.#active = { run, reject };
    });
    let status: "ok" | "error" | "interrupted" = "ok";
    try {
      const value = await Promise.race([this.#notebook.evaluate(run, code), interrupted]);
      await Promise.race([Promise.all(run.pending), interrupted]);
      const bundle = await Promise.race([displayValue(value), interrupted]);
      if (bundle) this.#send({ type: "result", cellId, bundle, executionCount });
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

  /** Ends the running cell: library calls by their signal, its own code at once or at its next await. */
  interrupt(): void {
    const active = this.#active;
    if (!active) return;
    const reason = new Interruption();
    active.run.controller.abort(reason);
    active.reject(reason);
  }

  /** Shows an error in the cell that it belongs to, whether the cell has ended or not. */
  report(run: CellRun | undefined, thrown: unknown): void {
    const owner = run ?? here() ?? this.#latest;
    if (!owner) return;
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
      leftChars: this.#limitChars,
      toldOfInterrupt: false,
    };
  }
}
