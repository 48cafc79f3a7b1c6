import { Worker } from "node:worker_threads";
import { builtEntry } from "../../mulan/foundation/packageRoot.ts";

/**
 * What both threads share: where the present interrupt stands, how often V8 was told to end code, and whether
 * the main thread runs the engine's own code, which must not be ended: a cell would never be told its end.
 * Each side claims the next phase by compare-and-exchange, so that V8 is never told to end code once
 * the main thread has heard: that would end the very code that answers.
 */
export const PHASE = 0;
export const TERMINATED = 1;
export const OWN_CODE = 2;
const N_CELLS = 3;

export const phases = { none: 0, asked: 1, heard: 2, terminating: 3 } as const;

export interface InterruptMessage {
  /** Of the cell that is meant; 0 when none ran. */
  readonly sequence: number;
}

/** The main thread's side of the thread that reads interrupts. */
export class Interrupts {
  readonly #shared = new Int32Array(new SharedArrayBuffer(N_CELLS * 4));

  /** Whether one was asked for that the main thread has not heard of yet. */
  get waits(): boolean {
    const phase = Atomics.load(this.#shared, PHASE);
    return phase === phases.asked || phase === phases.terminating;
  }

  /** From here on nothing is to be ended. It ends by itself, soon, and `leaveOwnCode` says so. */
  enterOwnCode(): void {
    Atomics.store(this.#shared, OWN_CODE, 1);
  }

  leaveOwnCode(): void {
    Atomics.store(this.#shared, OWN_CODE, 0);
  }

  /**
   * Starts the thread; `onInterrupt` runs on the main thread.
   * Its `terminated` says that code was ended since the last time: whatever cell runs cannot go on.
   */
  listen(onInterrupt: (sequence: number, terminated: boolean) => void): void {
    let seenTerminated = 0;
    const shared = this.#shared.buffer;
    const watchdog = new Worker(builtEntry("engine-watchdog"), {
      workerData: { shared },
      execArgv: [],
    });
    watchdog.on("message", ({ sequence }: InterruptMessage) => {
      const { asked, heard } = phases;
      // V8 may be about to end this very code, or it has been heard: the watchdog asks again if need be.
      if (Atomics.compareExchange(this.#shared, PHASE, asked, heard) !== asked) return;
      const terminated = Atomics.load(this.#shared, TERMINATED);
      onInterrupt(sequence, terminated !== seenTerminated);
      seenTerminated = terminated;
    });
    watchdog.unref();
  }
}
