import type { LiveName, LiveRequests } from "../../../kernel/mulan/figures/contractLive.ts";
import {
  type HostMessage,
  isHostMessage,
  type KernelState,
  type RendererMessage,
} from "../../../kernel/mulan/figures/rendererMessages.ts";
import { sharedSelection } from "./selection.ts";
import { createSignal, type Signal } from "./signal.ts";

/** As much of VS Code's RendererContext as the link needs. Both are missing where nobody listens. */
export interface Messaging {
  readonly postMessage?: ((message: unknown) => void) | undefined;
  readonly onDidReceiveMessage?: ((listener: (message: unknown) => void) => unknown) | undefined;
}

export interface Kernel {
  /** "unknown" until the host has answered. */
  readonly state: KernelState | "unknown";
  /** Which engine, so that a restart can be told from a pause. */
  readonly engine: string | null;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** The engine is busy; called with what the request waits for. */
  readonly onWaiting?: (reason: string) => void;
}

/** One family's line to the engine. */
export interface KernelLink {
  readonly kernel: Signal<Kernel>;
  /** Content ids of outputs whose cells wait to run: they are about to be replaced. */
  readonly aboutToRun: Signal<ReadonlySet<string>>;
  /** @throws Error with the engine's message; AbortError; Error when nobody can answer */
  ask<N extends LiveName>(
    name: N,
    params: LiveRequests[N]["params"],
    options?: AskOptions,
  ): Promise<LiveRequests[N]["reply"]>;
  tell(message: Extract<RendererMessage, { type: "edited" | "insertCell" }>): void;
}

/** The same line as one output uses it. */
export interface OutputLink extends KernelLink {
  /** The content id by which the host knows the output. */
  contentId(): string;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly onWaiting: ((reason: string) => void) | undefined;
}

/** A host that has not answered by then is none. */
const answerWithinMs = 1500;

export function createKernelLink({ postMessage, onDidReceiveMessage }: Messaging): KernelLink {
  const kernel = createSignal<Kernel>({ state: postMessage ? "unknown" : "none", engine: null });
  const aboutToRun = createSignal<ReadonlySet<string>>(new Set());
  const pending = new Map<string, Pending>();
  const post = (message: RendererMessage): void => postMessage?.(message);

  onDidReceiveMessage?.((message) => {
    if (isHostMessage(message)) hear(message);
  });
  if (postMessage) {
    post({ type: "hello" });
    setTimeout(() => {
      if (kernel.value.state === "unknown") kernel.set({ state: "none", engine: null });
    }, answerWithinMs);
  }

  function hear(message: HostMessage): void {
    switch (message.type) {
      case "kernel":
        kernel.set({ state: message.state, engine: message.engine });
        if (!isLive(message.state)) rejectAll("the kernel has ended");
        return;
      case "selection":
        sharedSelection().replace(message.clips);
        return;
      case "aboutToRun":
        aboutToRun.set(new Set(message.outputs));
        return;
      case "waiting":
        pending.get(message.requestId)?.onWaiting?.(message.reason);
        return;
      case "reply":
        settle(message.requestId, ({ resolve }) => resolve(message.value));
        return;
      case "refusal":
        settle(message.requestId, ({ reject }) => reject(new Error(message.message)));
    }
  }

  function settle(requestId: string, how: (request: Pending) => void): void {
    const request = pending.get(requestId);
    pending.delete(requestId);
    if (request) how(request);
  }

  function rejectAll(reason: string): void {
    for (const { reject } of pending.values()) reject(new Error(reason));
    pending.clear();
  }

  return {
    kernel,
    aboutToRun,
    tell: post,
    ask(name, params, { signal, onWaiting } = {}) {
      if (!postMessage || !isLive(kernel.value.state)) {
        return Promise.reject(new Error("there is no kernel: run the cell first"));
      }
      signal?.throwIfAborted();
      const requestId = crypto.randomUUID();
      return new Promise((resolve, reject) => {
        // The engine is of the same package as this script and parses the request: its reply has the type.
        const accept = (value: unknown) => resolve(value as LiveRequests[typeof name]["reply"]);
        pending.set(requestId, { resolve: accept, reject, onWaiting });
        signal?.addEventListener("abort", () => {
          if (!pending.delete(requestId)) return;
          post({ type: "cancel", requestId });
          reject(signal.reason);
        });
        post({ type: "live", requestId, name, params });
      });
    },
  };
}

/** A request would be answered, sooner or later. */
export function isLive(state: Kernel["state"]): boolean {
  return state === "idle" || state === "busy" || state === "starting";
}
