import { Worker } from "node:worker_threads";
import { builtEntry } from "../../mulan/foundation/packageRoot.ts";

/** Starts the thread that reads interrupts; `onInterrupt` runs on the main thread. */
export function listenForInterrupts(onInterrupt: () => void): void {
  const heard = new SharedArrayBuffer(4);
  const count = new Int32Array(heard);
  const watchdog = new Worker(builtEntry("engine-watchdog"), {
    workerData: { heard },
    execArgv: [],
  });
  watchdog.on("message", (asked: number) => {
    Atomics.store(count, 0, asked);
    onInterrupt();
  });
  watchdog.unref();
}
