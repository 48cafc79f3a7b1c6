import type { Progress } from "../../mulan/foundation/ambient.ts";
import { sendEvent } from "./eventPipe.ts";
import type { Streams } from "./streams.ts";

/** A person sees no more than this many steps a second; the last one always arrives. */
const MIN_INTERVAL_MS = 100;

export function progressSender(cellId: string, streams: Streams): (progress: Progress) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  return ({ label, done, total, rate }) => {
    const nowMs = performance.now();
    if (done < total && nowMs - lastMs < MIN_INTERVAL_MS) return;
    lastMs = nowMs;
    streams.flush();
    sendEvent({
      type: "progress",
      cellId,
      label,
      done,
      total,
      ...(rate !== undefined && { rate }),
    });
  };
}
