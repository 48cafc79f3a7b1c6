import { promisify } from "node:util";
import { back, type CellRun, here } from "./cellRun.ts";
import { nativeSetImmediate } from "./turns.ts";

type Callback = (...args: unknown[]) => unknown;
type Report = (run: CellRun | undefined, error: unknown) => void;
// biome-ignore lint/complexity/noBannedTypes: only copied from one timer function to another
type WithPromisified = { [promisify.custom]?: Function };

/**
 * Makes every timer's callback a turn of its cell: it starts in a microtask, because terminating a
 * callback that Node called directly aborts the process; its errors are the cell's, not the engine's end.
 * @param interruptWaits whether an interrupt was asked for that the main thread has not heard of
 */
export function wrapTimers(report: Report, interruptWaits: () => boolean): void {
  const turn = (callback: Callback, args: unknown[]) => {
    const run = here();
    return function fire() {
      // Node calls timers that are due again and again before it reads messages: let the interrupt in.
      if (interruptWaits()) return void nativeSetImmediate(fire);
      Promise.resolve()
        .then(() => {
          back(run);
          callback(...args);
        })
        .catch((error: unknown) => report(run, error));
    };
  };
  for (const name of ["setTimeout", "setInterval"] as const) {
    const native = globalThis[name] as (callback: unknown, delay?: number) => NodeJS.Timeout;
    const wrapped = (callback: unknown, delay?: number, ...args: unknown[]) =>
      native(typeof callback === "function" ? turn(callback as Callback, args) : callback, delay);
    replace(name, wrapped);
  }
  const immediate = (callback: unknown, ...args: unknown[]) =>
    (nativeSetImmediate as (callback: unknown) => NodeJS.Immediate)(
      typeof callback === "function" ? turn(callback as Callback, args) : callback,
    );
  replace("setImmediate", immediate);
  replace("queueMicrotask", (callback: unknown) => {
    if (typeof callback !== "function") throw new TypeError("queueMicrotask expects a function");
    turn(callback as Callback, [])();
  });
}

function replace(name: string, wrapped: object): void {
  const scope = globalThis as unknown as Record<string, WithPromisified>;
  const native = scope[name];
  const promisified = native?.[promisify.custom];
  if (promisified) Object.defineProperty(wrapped, promisify.custom, { value: promisified });
  Object.defineProperty(wrapped, "name", { value: name });
  scope[name] = wrapped as WithPromisified;
}
