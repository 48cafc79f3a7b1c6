/**
 * A thread that reads interrupts while the main thread may be busy. It asks the main thread first;
 * one that does not answer is in the middle of a cell's code, which V8 is then told to end.
 */
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { INTERRUPTS_FD } from "../pipes.ts";
import { ASKED, HEARD, type InterruptMessage, TERMINATED } from "./interrupts.ts";

/** How long the main thread may take to say that it has heard. */
const ACKNOWLEDGE_MS = 120;
/** After the supervisor is gone, the engine may finish what it is writing. */
const GRACE_MS = 1000;

const counts = new Int32Array((workerData as { counts: SharedArrayBuffer }).counts);

const session = new Session();
session.connectToMainThread();

const pipe = new Socket({ fd: INTERRUPTS_FD, readable: true, writable: false });
pipe.setEncoding("latin1");
pipe.on("data", (lines: string) => {
  for (const line of lines.split("\n").filter(Boolean)) {
    const asked = Atomics.add(counts, ASKED, 1) + 1;
    parentPort?.postMessage({ asked, sequence: Number(line) } satisfies InterruptMessage);
    insist(asked);
  }
});
const gone = () => setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS);
pipe.once("close", gone);
pipe.on("error", () => {});

function insist(wanted: number): void {
  setTimeout(() => {
    if (Atomics.load(counts, HEARD) >= wanted) return;
    Atomics.add(counts, TERMINATED, 1);
    session.post("Runtime.terminateExecution");
    insist(wanted);
  }, ACKNOWLEDGE_MS);
}
