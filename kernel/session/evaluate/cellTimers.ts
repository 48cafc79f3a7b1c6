import { type CellRun, here } from "./cellRun.ts";

type SetTimer = (callback: () => void, delayMs?: number, ...args: unknown[]) => NodeJS.Timeout;

/** The timers that cells' own code started: an interrupt stops them, the library's go on. */
export class CellTimers {
  readonly #active = new Map<NodeJS.Timeout, CellRun | undefined>();
  readonly #repeating = new Set<NodeJS.Timeout>();

  /** What cells know as these names. */
  readonly names = {
    setTimeout: this.#tracked(globalThis.setTimeout as SetTimer, true),
    setInterval: this.#tracked(globalThis.setInterval as SetTimer, false),
    clearTimeout: (timer: NodeJS.Timeout | undefined) => this.#clear(timer),
    clearInterval: (timer: NodeJS.Timeout | undefined) => this.#clear(timer),
  };

  stopAll(): void {
    for (const timer of this.#active.keys()) this.#clear(timer);
  }

  /**
   * Stops one run's intervals. Its timeouts still fire: the code that awaits them has to go on as far as
   * its finally blocks.
   */
  stopIntervals(run: CellRun): void {
    for (const timer of this.#repeating) {
      if (this.#active.get(timer) === run) this.#clear(timer);
    }
  }

  #tracked(set: SetTimer, firesOnce: boolean): SetTimer {
    const tracked: SetTimer = (callback, delayMs, ...args) => {
      if (typeof callback !== "function") return set(callback, delayMs);
      const timer = set(
        (...given: []) => {
          // One that was due when it was stopped is still on its way here.
          if (!this.#active.has(timer)) return;
          if (firesOnce) this.#active.delete(timer);
          callback(...given);
        },
        delayMs,
        ...args,
      );
      const run = here();
      this.#active.set(timer, run);
      if (!firesOnce) this.#repeating.add(timer);
      // What an interrupted run still does is to tidy up, not to begin anew.
      if (run?.toldOfInterrupt) this.#clear(timer);
      return timer;
    };
    return Object.defineProperties(tracked, Object.getOwnPropertyDescriptors(set));
  }

  #clear(timer: NodeJS.Timeout | undefined): void {
    clearTimeout(timer);
    if (!timer) return;
    this.#active.delete(timer);
    this.#repeating.delete(timer);
  }
}
