import { dirname, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { CellError, Outcome } from "../session/index.ts";
import { Supervisor } from "../session/index.ts";
import { OutputCollector } from "./collectOutputs.ts";
import { cellSource, type Notebook, type NotebookCell } from "./notebookFile.ts";

export interface RunProgress {
  /** From 1, among the cells that hold code. */
  readonly cell: number;
  readonly nCells: number;
  readonly source: string;
  /** What the cell's long call reports: "embedding audio 12 of 64". Missing at the cell's beginning. */
  readonly detail?: string;
}

export interface RunOptions {
  /** Where the notebook is: cells run in its folder. */
  readonly path: string;
  /** So much of each clip's sound is stored in its figure. Default 0: none. */
  readonly storeAudioSec?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

export interface FailedCell {
  /** From 1, among all cells of the notebook. */
  readonly position: number;
  readonly outcome: Outcome;
  readonly error: CellError | undefined;
}

export interface ExecutedNotebook {
  /** With the outputs so far; cells behind a failed one have none. */
  readonly notebook: Notebook;
  /** The cell that ended the run, or else the first that an error came from after its end. */
  readonly failed: FailedCell | undefined;
}

/** Runs the code cells from first to last in an engine of their own and stops at the first that fails. */
export async function runNotebook(
  notebook: Notebook,
  { path, storeAudioSec = 0, signal, onProgress }: RunOptions,
): Promise<ExecutedNotebook> {
  const notebookPath = resolve(path);
  await using supervisor = new Supervisor({
    cwd: dirname(notebookPath),
    notebookPath,
    storeAudioSec,
  });
  const outputs = new OutputCollector();
  const late: FailedCell[] = [];
  supervisor.on((event) => {
    if (!("cellId" in event)) return;
    outputs.add(event);
    if (event.type !== "error") return;
    const { cellId, error } = event;
    late.push({ position: Number(cellId) + 1, outcome: { status: "error", error }, error });
  });
  const interrupt = () => supervisor.interrupt();
  signal?.addEventListener("abort", interrupt);

  const code = notebook.cells.flatMap((cell, index) => (isCode(cell) ? [index] : []));
  const counts = new Map<number, number | null>();
  let failed: FailedCell | undefined;
  for (const [done, index] of code.entries()) {
    // A cell may have caught its interruption and ended well.
    if (signal?.aborted) break;
    const source = cellSource(notebook.cells[index]!);
    const progress = { cell: done + 1, nCells: code.length, source };
    onProgress?.(progress);
    const outcome = await supervisor.execute(source, {
      cellId: String(index),
      onEvent: (event) => {
        if (event.type !== "progress") return;
        onProgress?.({ ...progress, detail: `${event.label} ${event.done} of ${event.total}` });
      },
    });
    counts.set(index, outcome.executionCount ?? null);
    if (outcome.status === "ok") continue;
    failed = { position: index + 1, outcome, error: outcome.error };
    break;
  }
  if (!failed) await lateErrorsArrived(supervisor);
  signal?.removeEventListener("abort", interrupt);

  const cells = notebook.cells.map((cell, index) =>
    isCode(cell)
      ? {
          ...cell,
          execution_count: counts.get(index) ?? null,
          outputs: [...outputs.outputsOf(String(index))],
        }
      : cell,
  );
  return { notebook: { ...notebook, cells }, failed: failed ?? late[0] };
}

/** How long an engine that is still busy after the last cell is waited for. */
const LATE_ERRORS_MS = 2000;

/** A rejection that nobody waits for is told after its cell's end: one answer of the engine comes behind it. */
async function lateErrorsArrived(supervisor: Supervisor): Promise<void> {
  const answered = supervisor.complete("", 0).catch(() => {});
  const timer = new AbortController();
  const waited = setTimeout(LATE_ERRORS_MS, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([answered, waited]);
  timer.abort();
}

function isCode(cell: NotebookCell): boolean {
  return cell.cell_type === "code";
}
