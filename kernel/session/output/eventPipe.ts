import { writeSync } from "node:fs";
import { encodeFrame } from "../../mulan/foundation/frames.ts";
import { EVENTS_FD } from "../pipes.ts";
import type { EngineEvent } from "../protocol.ts";

const BACK_OFF_MS = 2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Writes an event at once, also from inside a loop that never returns to the event loop. */
export function sendEvent(event: EngineEvent): void {
  for (const piece of encodeFrame(event)) writeAll(piece);
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) {
    try {
      at += writeSync(EVENTS_FD, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") endWithoutSupervisor();
      Atomics.wait(sleeper, 0, 0, BACK_OFF_MS);
    }
  }
}

/** Nobody listens any more: nothing that this engine does can reach anybody. */
export function endWithoutSupervisor(): never {
  process.kill(process.pid, "SIGKILL");
  process.exit(1);
}
