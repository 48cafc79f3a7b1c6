/**
 * A thread that reads interrupts while the main thread may be busy. It asks the main thread first;
 * one that does not answer is in the middle of a cell's code, which V8 is then told to end.
 */
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { INTERRUPTS_FD } from "../pipes.ts";
import { type InterruptMessage, OWN_CODE, PHASE, phases, TERMINATED } from "./interrupts.ts";

/**
 * How long the main thread may compute without saying that it has heard, in processor time: on a busy machine
 * one that waits for its turn has not had the time to answer, and is not in a loop.
 */
const ACKNOWLEDGE_CPU_MS = 120;
/** And while no cell runs: the next cell must not suffer for that. */
const ACKNOWLEDGE_IDLE_CPU_MS = 400;
/** Code that waits and uses no time of a processor, Atomics.wait for one, is ended after this long. */
const ACKNOWLEDGE_ANYWAY_MS = 2500;
const LOOK_EVERY_MS = 30;
/** After the supervisor is gone, the engine may finish what it is writing. */
const GRACE_MS = 1000;

const shared = new Int32Array((workerData as { shared: SharedArrayBuffer }).shared);
/** Of the cell that the latest interrupt means. */
let sequence = 0;

const session = new Session();
session.connectToMainThread();

const pipe = new Socket({ fd: INTERRUPTS_FD, readable: true, writable: false });
pipe.setEncoding("latin1");
pipe.on("data", (lines: string) => {
  for (const line of lines.split("\n").filter(Boolean)) {
    sequence = Number(line);
    const before = Atomics.load(shared, PHASE);
    // Pressing again while one is under way changes nothing but which cell is meant.
    if (before === phases.asked || before === phases.terminating) continue;
    Atomics.store(shared, PHASE, phases.asked);
    ask(sequence === 0 ? ACKNOWLEDGE_IDLE_CPU_MS : ACKNOWLEDGE_CPU_MS);
  }
});
const gone = () => setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS);
pipe.once("close", gone);
pipe.on("error", () => {});

let looking: NodeJS.Timeout | undefined;

/** Asks, waits, ends what runs, and begins again with more patience, until the main thread has heard. */
function ask(patienceMs: number): void {
  parentPort?.postMessage({ sequence } satisfies InterruptMessage);
  let since = { ms: performance.now(), cpu: process.cpuUsage() };
  clearInterval(looking);
  looking = setInterval(() => {
    if (Atomics.load(shared, PHASE) === phases.heard) return clearInterval(looking);
    if (Atomics.load(shared, OWN_CODE) === 1) {
      since = { ms: performance.now(), cpu: process.cpuUsage() };
      return;
    }
    const { user, system } = process.cpuUsage(since.cpu);
    const waitedMs = performance.now() - since.ms;
    if ((user + system) / 1000 < patienceMs && waitedMs < ACKNOWLEDGE_ANYWAY_MS) return;
    terminate();
    ask(patienceMs * 2);
  }, LOOK_EVERY_MS);
}

function terminate(): void {
  const { asked, terminating } = phases;
  if (Atomics.compareExchange(shared, PHASE, asked, terminating) !== asked) return;
  Atomics.add(shared, TERMINATED, 1);
  session.post("Runtime.terminateExecution", () => {
    Atomics.compareExchange(shared, PHASE, terminating, asked);
    parentPort?.postMessage({ sequence } satisfies InterruptMessage);
  });
}
