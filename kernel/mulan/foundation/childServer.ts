import { once } from "node:events";
import { Socket } from "node:net";
import type { ChildMessage, HostMessage } from "./childHost.ts";
import { errorToData } from "./errors.ts";
import { encodeFrame, FrameReader } from "./frames.ts";

export interface Answer {
  readonly value: unknown;
  readonly bytes?: ArrayBufferView;
}

export interface RequestContext {
  readonly signal: AbortSignal;
  /** Sends a message ahead of the reply. */
  readonly emit: (value: unknown, bytes?: ArrayBufferView) => void;
  /** Resolves when the parent has taken what was emitted, after messages that waited (a cancel) were read. */
  readonly drained: () => Promise<void>;
}

export type Handler = (
  value: unknown,
  bytes: Uint8Array,
  context: RequestContext,
) => Answer | Promise<Answer>;

const FRAME_PIPE_FD = 3;

/**
 * The child's side of a ChildHost: answers one request after the other, drops requests that were
 * cancelled while they waited, and ends the process when the parent is gone.
 */
export function serveRequests(handle: Handler): void {
  const pipe = new Socket({ fd: FRAME_PIPE_FD, readable: true, writable: true });
  const controllers = new Map<number, AbortController>();
  let queue: Promise<void> = Promise.resolve();

  const send = (message: ChildMessage, bytes?: ArrayBufferView) => {
    for (const piece of encodeFrame(message, bytes)) pipe.write(piece);
  };

  const drained = async () => {
    if (pipe.writableNeedDrain) await once(pipe, "drain");
    else await nextTurn();
  };

  const work = async (id: number, value: unknown, bytes: Uint8Array, signal: AbortSignal) => {
    await nextTurn();
    try {
      signal.throwIfAborted();
      const emit = (event: unknown, extra?: ArrayBufferView) =>
        send({ id, type: "event", value: event }, extra);
      const answer = await handle(value, bytes, { signal, emit, drained });
      send({ id, type: "reply", value: answer.value }, answer.bytes);
    } catch (error) {
      send({ id, type: "error", error: errorToData(error) });
    } finally {
      controllers.delete(id);
    }
  };

  const reader = new FrameReader(({ json, bytes }) => {
    const message = json as HostMessage;
    if (message.type === "cancel") return controllers.get(message.id)?.abort();
    const controller = new AbortController();
    controllers.set(message.id, controller);
    queue = queue.then(() => work(message.id, message.value, bytes, controller.signal));
  });

  pipe.on("data", (chunk) => reader.push(chunk));
  pipe.on("close", () => process.exit(0));
  pipe.on("error", () => process.exit(0));
}

/** Lets frames that arrived meanwhile (a cancel, say) be read before the next piece of work. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
