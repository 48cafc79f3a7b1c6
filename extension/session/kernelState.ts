import type { SessionEvent } from "../../kernel/session/index.ts";

/** What is known of a notebook's engine. Pure; the status bar and the figures show it. */
export interface KernelState {
  readonly phase: "none" | "starting" | "idle" | "busy" | "ended";
  /** Names this engine, so that a restart can be told from a pause. */
  readonly engine?: string;
  /** Why the engine ended. */
  readonly reason?: string;
  /** Clips that are selected in the notebook, by the ids that figures carry. */
  readonly selection: readonly string[];
}

export const noKernel: KernelState = { phase: "none", selection: [] };
export const startingKernel: KernelState = { phase: "starting", selection: [] };

/** The same object when nothing has changed. */
export function nextKernelState(
  state: KernelState,
  event: SessionEvent,
  newEngine: () => string,
): KernelState {
  switch (event.type) {
    case "started":
      return { phase: "idle", engine: newEngine(), selection: [] };
    case "status":
      return event.status === state.phase ? state : { ...state, phase: event.status };
    case "selection":
      return { ...state, selection: event.clips };
    case "crashed":
      return { phase: "ended", reason: event.error.message, selection: [] };
    default:
      return state;
  }
}
