import type { SessionEvent } from "../../kernel/session/index.ts";

/** What a person is told of a notebook's engine. Pure; the status bar and the figures show it. */
export interface KernelState {
  readonly phase: "none" | "starting" | "idle" | "busy" | "ended";
  /** Why the engine ended, after a crash. */
  readonly reason?: string;
}

export const noKernel: KernelState = { phase: "none" };
export const startingKernel: KernelState = { phase: "starting" };

export function nextKernelState(state: KernelState, event: SessionEvent): KernelState {
  switch (event.type) {
    case "started":
      return { phase: "idle" };
    case "status":
      return { phase: event.status };
    case "executed":
      return { phase: "idle" };
    case "crashed":
      return { phase: "ended", reason: event.error.message };
    default:
      return state;
  }
}
