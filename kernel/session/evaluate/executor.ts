import { setMaxListeners } from "node:events";
import type { Interrupts } from "../interrupt/interrupts.ts";
import { displayValue } from "../output/displayValue.ts";
import { sendEvent } from "../output/eventPipe.ts";
import { spend } from "../output/outputBudget.ts";
import { progressSender } from "../output/progress.ts";
import type { Streams } from "../output/streams.ts";
import type { Bundle, CellError, EngineEvent } from "../protocol.ts";
import { toCellError } from "./cellError.ts";
import { back, type CellRun, here, lastRun } from "./cellRun.ts";
import type { CellTimers } from "./cellTimers.ts";
import { Interruption } from "./interruption.ts";
import { type Notebook, tidyMessage } from "./notebook.ts";
import type { ScriptRegistry } from "./scripts.ts";
import { framesOf } from "./stackFrames.ts";
import { nativeSetImmediate, ownTurn } from "./turns.ts";

export interface CellRequest {
  readonly requestId: string;
  readonly cellId: string;
  readonly code: string;
  readonly sequence: number;
}

export interface ExecutorParts {
  readonly notebook: Notebook;
  readonly scripts: ScriptRegistry;
  readonly streams: Streams;
  readonly timers: CellTimers;
  readonly interrupts: Pick<Interrupts, "waits" | "enterOwnCode" | "leaveOwnCode">;
  /** Gets ready what a cell's text needs before it can run. */
  readonly prepare: (code: string) => Promise<void> | undefined;
  readonly limitChars: number;
  readonly storeAudioSec: number;
}

interface ActiveRun {
  readonly run: CellRun;
  readonly sequence: number;
  /** The user's code has begun. */
  begun: boolean;
  readonly reject: (error: Error) => void;
  /** Says that the run is over; only the first call counts. */
  readonly finish: (status: Status) => void;
}

type Status = "ok" | "error" | "interrupted";

/** So many turns an interrupted run has to come to its end by itself. */
const TURNS_TO_FINISH = 5;

/** Runs cells one after the other and says what becomes of each. */
export class Executor {
  readonly #notebook: Notebook;
  readonly #scripts: ScriptRegistry;
  readonly #streams: Streams;
  readonly #limitChars: number;
  readonly #storeAudioSec: number;
  readonly #timers: CellTimers;
  readonly #interrupts: ExecutorParts["interrupts"];
  readonly #prepare: ExecutorParts["prepare"];
  #executionCount = 0;
  #active: ActiveRun | undefined;

  constructor({
    notebook,
    scripts,
    streams,
    timers,
    interrupts,
    prepare,
    limitChars,
    storeAudioSec,
  }: ExecutorParts) {
    this.#notebook = notebook;
    this.#scripts = scripts;
    this.#streams = streams;
    this.#timers = timers;
    this.#interrupts = interrupts;
    this.#prepare = prepare;
    this.#limitChars = limitChars;
    this.#storeAudioSec = storeAudioSec;
  }

  /**
   * @param done is called once, in whichever way the run ends. No promise: V8 drops what waits for one when it
   * ends code.
   */
  execute({ requestId, cellId, code, sequence }: CellRequest, done: () => void): void {
    const startMs = performance.now();
    const run = this.#newRun(cellId);
    const { executionCount } = run;
    this.#interrupts.enterOwnCode();
    sendEvent({ type: "status", status: "busy", cellId });
    let reject: (error: Error) => void = () => {};
    const interrupted = new Promise<never>((_, rejectRun) => {
      reject = rejectRun;
    });
    const finish = (status: Status): void => {
      if (this.#active !== active) return;
      this.#interrupts.enterOwnCode();
      this.#active = undefined;
      this.#streams.flush();
      const durationMs = performance.now() - startMs;
      sendEvent({ type: "executed", requestId, cellId, status, executionCount, durationMs });
      sendEvent({ type: "status", status: "idle", cellId });
      this.#interrupts.leaveOwnCode();
      done();
    };
    const active: ActiveRun = { run, sequence, begun: false, reject, finish };
    this.#active = active;
    void this.#run(active, code, interrupted);
  }

  async #run(active: ActiveRun, code: string, interrupted: Promise<never>): Promise<void> {
    const { run, finish } = active;
    const { cellId, executionCount } = run;
    try {
      await Promise.race([this.#prepare(code), interrupted]);
      const evaluated = this.#notebook.evaluate(run, code, () => this.#enterUserCode(active));
      const value = await Promise.race([evaluated, interrupted]);
      await Promise.race([Promise.all(run.pending), interrupted]);
      const bundle = await Promise.race([this.#showResult(value, run), interrupted]);
      if (bundle) {
        spend(run, bundle);
        this.#send({ type: "result", cellId, bundle, executionCount });
      }
      finish("ok");
    } catch (error) {
      // What was ended for good says nothing more.
      if (this.#active !== active) return;
      this.report(run, error);
      finish(run.controller.signal.aborted ? "interrupted" : "error");
    }
  }

  /** A turn of its own for the user's code, in which no interrupt is under way that came before it. */
  async #enterUserCode(active: ActiveRun): Promise<void> {
    do await ownTurn();
    while (this.#interrupts.waits);
    active.run.controller.signal.throwIfAborted();
    active.begun = true;
    this.#interrupts.leaveOwnCode();
  }

  /**
   * Ends the running cell: library calls by their signal, its own code at once or at its next await,
   * its intervals. When no cell runs, the timers of all cells.
   * @param sequence the cell that is meant
   * @param terminated V8 has ended what ran, so that the active cell cannot go on whichever was meant
   */
  interrupt(sequence: number, terminated: boolean): void {
    const active = this.#active;
    // One that was meant for an idle engine may arrive when the next cell is there already.
    if (!active || (sequence === 0 && !active.begun)) return this.#timers.stopAll();
    if (active.sequence !== sequence && !(terminated && active.begun)) return;
    this.#timers.stopIntervals(active.run);
    const reason = new Interruption();
    active.run.controller.abort(reason);
    active.reject(reason);
    // V8 may have dropped just what the run's end waited for.
    this.#finishAfter(active, reason, TURNS_TO_FINISH);
  }

  #finishAfter(active: ActiveRun, reason: Error, turns: number): void {
    if (this.#active !== active) return;
    if (turns > 0) {
      nativeSetImmediate(() => this.#finishAfter(active, reason, turns - 1));
      return;
    }
    this.report(active.run, reason);
    active.finish("interrupted");
  }

  /** Shows an error in the cell that it belongs to, whether the cell has ended or not. */
  report(run: CellRun | undefined, thrown: unknown, fallback = here()): void {
    const owner = run ?? ownerOfStack(thrown, this.#scripts) ?? fallback ?? lastRun();
    if (!owner) return;
    // The run that an interrupt ended has said so already.
    const { aborted, reason } = owner.controller.signal;
    if (run === undefined && aborted && thrown === reason) return;
    tidyMessage(thrown);
    const error: CellError = toCellError(thrown, owner, this.#scripts);
    this.#send({ type: "error", cellId: owner.cellId, error });
  }

  async #showResult(value: unknown, run: CellRun): Promise<Bundle | undefined> {
    if (value === undefined) return undefined;
    // Showing a value may run the user's code, which may have to be terminated.
    await ownTurn();
    back(run);
    const { signal } = run.controller;
    return displayValue(value, { signal, storeAudioSec: this.#storeAudioSec });
  }

  #send(event: EngineEvent): void {
    this.#streams.flush();
    sendEvent(event);
  }

  #newRun(cellId: string): CellRun {
    const controller = new AbortController();
    // Each piece of work under way listens, and a cell may start hundreds: no leak that Node should warn of.
    setMaxListeners(0, controller.signal);
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
