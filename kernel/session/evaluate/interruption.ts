import { type CellRun, here } from "./cellRun.ts";

/** What a cell's own code sees when its run was interrupted during an await. */
export class Interruption extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("The cell was interrupted");
  }
}

/** Ends an interrupted run's code at its next await, once: its catch and finally blocks may tidy up. */
export function throwIfInterrupted(run: CellRun): void {
  if (!run.controller.signal.aborted || run.toldOfInterrupt) return;
  run.toldOfInterrupt = true;
  throw run.controller.signal.reason;
}

/** What code of a run awaits that has been told and goes on all the same: nothing ever again. */
const never = new Promise<never>(() => {});

export function gate(awaited: unknown): unknown {
  return here()?.toldOfInterrupt ? never : awaited;
}
