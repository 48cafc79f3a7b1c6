import { Worker } from "node:worker_threads";
import { builtEntry } from "../../mulan/foundation/packageRoot.ts";

/**
 * Counts that are shared with the watchdog: interrupts that were asked for, those that the main thread
 * has heard of, and how often V8 was told to end what runs.
 */
export const ASKED = 0;
export const HEARD = 1;
export const TERMINATED = 2;
const N_COUNTS = 3;

export interface InterruptMessage {
  readonly asked: number;
  /** Of the cell that is meant; 0 when none ran. */
  readonly sequence: number;
}

/** The main thread's side of the thread that reads interrupts. */
export class Interrupts {
  readonly #counts = new Int32Array(new SharedArrayBuffer(N_COUNTS * 4));

  /** Whether one was asked for that the main thread has not heard of yet. */
  get waits(): boolean {
    return Atomics.load(this.#counts, ASKED) !== Atomics.load(this.#counts, HEARD);
  }

  /**
   * Starts the thread; `onInterrupt` runs on the main thread.
   * Its `terminated` says that code was ended since the last time: whatever cell runs cannot go on.
   */
  listen(onInterrupt: (sequence: number, terminated: boolean) => void): void {
    let seenTerminated = 0;
    const counts = this.#counts.buffer;
    const watchdog = new Worker(builtEntry("engine-watchdog"), {
      workerData: { counts },
      execArgv: [],
    });
    watchdog.on("message", ({ asked, sequence }: InterruptMessage) => {
      Atomics.store(this.#counts, HEARD, asked);
      const terminated = Atomics.load(this.#counts, TERMINATED);
      onInterrupt(sequence, terminated !== seenTerminated);
      seenTerminated = terminated;
    });
    watchdog.unref();
  }
}
