import type { NotebookCell, NotebookCellExecution, NotebookController } from "vscode";
import type { Bundle, Outcome, SessionEvent } from "../../kernel/session/index.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import { CellQueue } from "./cellQueue.ts";
import { Displays, type PlacedDisplay } from "./displays.ts";
import { bundleItems } from "./outputItems.ts";
import { OutputWriter } from "./outputWriter.ts";
import { inShortExecution } from "./shortExecution.ts";

/** The id by which an engine knows a cell: its document's address, which lasts as long as the notebook is open. */
export function cellIdOf(cell: NotebookCell): string {
  return cell.document.uri.toString();
}

interface RunningCell {
  readonly execution: NotebookCellExecution;
  readonly writer: OutputWriter;
}

type Edit = (execution: NotebookCellExecution) => Promise<void>;
type Executions = Pick<NotebookController, "createNotebookCellExecution">;

/** Runs the cells of one notebook and puts what its engine says into the right cell. */
export class NotebookRunner {
  readonly #session: NotebookSession;
  readonly #controller: Executions;
  readonly #displays = new Displays();
  readonly #running = new Map<string, RunningCell>();
  readonly #queue = new CellQueue<NotebookCellExecution>(
    (execution) => this.#run(execution),
    (execution) => this.#giveUp(execution),
  );
  /** The cell whose turn has come and whose old outputs still stand. */
  #starting: NotebookCell | undefined;
  /** Edits of cells that wait to run: void when they do, made when they are given up. */
  readonly #deferred = new Map<string, Edit[]>();
  readonly #listeners = new Set<() => void>();
  /** Output of cells that have ended, until it is written. */
  readonly #late = new Map<string, SessionEvent[]>();
  /** Edits of cells that have ended, in the order in which they came. */
  #lateEdits: Promise<unknown> = Promise.resolve();

  constructor(session: NotebookSession, controller: Executions) {
    this.#session = session;
    this.#controller = controller;
    session.onEvent((event) => this.#hear(event));
  }

  /** Runs cells in the given order behind those that wait already. */
  async run(cells: readonly NotebookCell[]): Promise<void> {
    // VS Code allows one execution of a cell at a time, and a late edit has one of its own.
    for (let last: unknown; last !== this.#lateEdits; ) {
      last = this.#lateEdits;
      await last;
    }
    const done = this.#queue.add(
      cells.map((cell) => this.#controller.createNotebookCellExecution(cell)),
    );
    this.#tell();
    return done;
  }

  /** Cells whose outputs are about to be replaced: those that wait, and the one whose turn has just come. */
  get aboutToRun(): readonly NotebookCell[] {
    const waiting = this.#queue.waiting.map(({ cell }) => cell);
    return this.#starting ? [this.#starting, ...waiting] : waiting;
  }

  /** Called when other cells are about to run. */
  onAboutToRun(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Ends the running cell and gives up the waiting ones. */
  interrupt(): Promise<void> {
    this.#queue.clear();
    return this.#session.interrupt();
  }

  /**
   * Edits the outputs of a cell: inside its execution while it runs, else in a short one of its own. One that waits to
   * run is edited only if it is given up: VS Code allows no second execution, and what it shows is about to go.
   */
  edit(cell: NotebookCell, change: Edit): void {
    const turn = this.#lateEdits.then(() => {
      const cellId = cellIdOf(cell);
      const running = this.#running.get(cellId);
      if (running) return change(running.execution);
      if (!this.aboutToRun.includes(cell)) return inShortExecution(this.#controller, cell, change);
      this.#deferred.set(cellId, [...(this.#deferred.get(cellId) ?? []), change]);
      return undefined;
    });
    this.#lateEdits = turn.catch(() => {});
  }

  #giveUp(execution: NotebookCellExecution): void {
    const { cell } = execution;
    execution.end(undefined);
    const edits = this.#deferred.get(cellIdOf(cell)) ?? [];
    this.#deferred.delete(cellIdOf(cell));
    for (const change of edits) this.edit(cell, change);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  async #run(execution: NotebookCellExecution): Promise<"go on" | "stop"> {
    const { cell } = execution;
    const cellId = cellIdOf(cell);
    const writer = this.#open(execution);
    this.#running.set(cellId, { execution, writer });
    this.#late.delete(cellId);
    this.#deferred.delete(cellId);
    this.#starting = cell;
    execution.start(Date.now());
    await execution.clearOutput();
    this.#starting = undefined;
    this.#tell();
    this.#displays.forgetCell(cell);
    const outcome = await this.#execute(cell, cellId, writer);
    await writer.written();
    this.#running.delete(cellId);
    execution.executionOrder = outcome.executionCount;
    execution.end(outcome.status === "ok", Date.now());
    return outcome.status === "ok" ? "go on" : "stop";
  }

  async #execute(cell: NotebookCell, cellId: string, writer: OutputWriter): Promise<Outcome> {
    try {
      return await this.#session.execute(cell.document.getText(), cellId);
    } catch (thrown) {
      const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
      const error = { name, message, frames: [], traceback: [message] };
      writer.add({ type: "error", cellId, error });
      return { status: "crashed", error };
    }
  }

  #open(execution: NotebookCellExecution): OutputWriter {
    return new OutputWriter(execution, this.#displays, (place, bundle) =>
      this.#redraw(place, bundle),
    );
  }

  #hear(event: SessionEvent): void {
    if (!("cellId" in event)) return;
    const running = this.#running.get(event.cellId);
    if (running) return running.writer.add(event);
    if (isOutput(event)) this.#addLate(event.cellId, event);
  }

  /** A timer that prints would make an execution a line: what arrives before its turn goes into one. */
  #addLate(cellId: string, event: SessionEvent): void {
    const waiting = this.#late.get(cellId);
    if (waiting) {
      waiting.push(event);
      return;
    }
    const cell = this.#session.notebook.getCells().find((cell) => cellIdOf(cell) === cellId);
    if (!cell) return;
    this.#late.set(cellId, [event]);
    this.edit(cell, async (execution) => {
      const writer = this.#open(execution);
      for (const late of this.#late.get(cellId) ?? []) writer.add(late);
      this.#late.delete(cellId);
      await writer.written();
    });
  }

  #redraw({ cell, output }: PlacedDisplay, bundle: Bundle): void {
    this.edit(cell, async (execution) => {
      await execution.replaceOutputItems(bundleItems(bundle), output);
    });
  }
}

const OUTPUT_TYPES: ReadonlySet<SessionEvent["type"]> = new Set([
  "stream",
  "display",
  "updateDisplay",
  "clearOutput",
  "error",
]);

function isOutput(event: SessionEvent): boolean {
  return OUTPUT_TYPES.has(event.type);
}
