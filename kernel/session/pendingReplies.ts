import type { EngineEvent } from "./protocol.ts";

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Requests that an engine has not answered yet, by their ids. */
export class PendingReplies {
  readonly #pending = new Map<string, Pending>();

  /** Resolves with the reply; rejects when the engine refuses or ends. */
  wait(requestId: string): Promise<unknown> {
    return new Promise((resolve, reject) => this.#pending.set(requestId, { resolve, reject }));
  }

  settle(event: Extract<EngineEvent, { type: "reply" | "refusal" }>): void {
    const pending = this.#pending.get(event.requestId);
    this.#pending.delete(event.requestId);
    if (event.type === "reply") pending?.resolve(event.value);
    else pending?.reject(new Error(event.message));
  }

  /** The engine has ended. */
  rejectAll(reason: string): void {
    for (const { reject } of this.#pending.values()) reject(new Error(reason));
    this.#pending.clear();
  }
}
