import { type CellRun, here } from "./cellRun.ts";

type SetTimer = (callback: () => void, delayMs?: number, ...args: unknown[]) => NodeJS.Timeout;

/** The timers that cells' own code started: an interrupt stops them, the library's go on. */
export class CellTimers {
  readonly #active = new Map<NodeJS.Timeout, CellRun | undefined>();

  /** What cells know as these names. */
  readonly names = {
    setTimeout: this.#tracked(globalThis.setTimeout as SetTimer, true),
    setInterval: this.#tracked(globalThis.setInterval as SetTimer, false),
    clearTimeout: (timer: NodeJS.Timeout | undefined) => this.#clear(timer),
    clearInterval: (timer: NodeJS.Timeout | undefined) => this.#clear(timer),
  };

  /** Stops those of one run, or all. */
  stop(run?: CellRun): void {
    for (const [timer, owner] of this.#active) {
      if (run === undefined || owner === run) this.#clear(timer);
    }
  }

  #tracked(set: SetTimer, firesOnce: boolean): SetTimer {
    const tracked: SetTimer = (callback, delayMs, ...args) => {
      if (typeof callback !== "function") return set(callback, delayMs);
      const timer = set(
        (...given: []) => {
          if (firesOnce) this.#active.delete(timer);
          callback(...given);
        },
        delayMs,
        ...args,
      );
      this.#active.set(timer, here());
      return timer;
    };
    return Object.defineProperties(tracked, Object.getOwnPropertyDescriptors(set));
  }

  #clear(timer: NodeJS.Timeout | undefined): void {
    clearTimeout(timer);
    if (timer) this.#active.delete(timer);
  }
}
