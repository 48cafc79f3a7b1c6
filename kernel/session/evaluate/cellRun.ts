import { type Ambient, setAmbient } from "../../mulan/foundation/ambient.ts";

/** One run of one cell: what output, errors and interrupts belong to. */
export interface CellRun {
  readonly cellId: string;
  readonly executionCount: number;
  readonly ambient: Ambient;
  readonly controller: AbortController;
  /** Displays under way: the run ends after them. */
  readonly pending: Set<Promise<void>>;
  /** How much the run may send, and may still send, in UTF-16 units. */
  readonly limitChars: number;
  leftChars: number;
  /** Set once the interruption has been thrown into the run's code. */
  toldOfInterrupt: boolean;
}

let current: CellRun | undefined;
let latest: CellRun | undefined;
let lastActive: CellRun | undefined;

/** The run that the code now running belongs to. */
export function here(): CellRun | undefined {
  return current;
}

/** Makes this run the one that callbacks of unknown origin belong to. */
export function begin(run: CellRun): void {
  latest = run;
  back(run);
}

/**
 * Continues a run after a pause. Code of unknown origin that follows belongs to the latest cell again.
 */
export function back(run: CellRun | undefined): void {
  lastActive = run;
  if (run === current) return;
  current = run;
  setAmbient(run?.ambient);
  if (run !== latest) void Promise.resolve().then(returnToLatest);
}

/** The run whose code ran last: the best guess for a rejection that tells nothing about itself. */
export function lastRun(): CellRun | undefined {
  return lastActive ?? latest;
}

function returnToLatest(): void {
  current = latest;
  setAmbient(latest?.ambient);
}
