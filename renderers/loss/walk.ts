import type { Signal } from "../shared/kernel/signal.ts";
import { atSnapshot, type State } from "./state.ts";

const walkMs = 4000;

/** Walks from the training's first moment to its last; called while it walks, it stops. */
export function walkThrough(state: Signal<State>, signal: AbortSignal): () => void {
  let frame = 0;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  signal.addEventListener("abort", stop);
  return () => {
    if (frame !== 0) return stop();
    const began = performance.now();
    const go = (): void => {
      const last = (state.value.figure.training?.snapshots.length ?? 1) - 1;
      const share = Math.min(1, (performance.now() - began) / walkMs);
      const wanted = Math.round(share * last);
      if (wanted !== state.value.snapshot) state.set(atSnapshot(state.value, wanted));
      frame = share < 1 && !signal.aborted ? requestAnimationFrame(go) : 0;
    };
    frame = requestAnimationFrame(go);
  };
}
