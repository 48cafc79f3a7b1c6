// What a renderer and whoever shows it (the VS Code extension, or a test bed) say to each other. JSON only:
// VS Code loses ArrayBuffers in renderer messages. Ids are opaque: the sender chooses them, others only compare.
import type { ClipId, Figure } from "./contract.ts";
import type { LiveName, LiveRequests } from "./contractLive.ts";

/** "none": nothing runs cells here; "dead": the engine crashed; "busy" and "idle" are live. */
export type KernelState = "none" | "starting" | "idle" | "busy" | "dead";

/** From a renderer. */
export type RendererMessage =
  /** The first message of a family's script; answered by `kernel` and `selection`. */
  | { readonly type: "hello" }
  /** A request for the engine (contractLive.ts); answered by `reply` or `refusal`, before it by `waiting` where it waits. */
  | {
      readonly type: "live";
      readonly requestId: string;
      readonly name: LiveName;
      readonly params: LiveRequests[LiveName]["params"];
    }
  /** The answer is no longer wanted; it may still come. */
  | { readonly type: "cancel"; readonly requestId: string }
  /** A person changed a figure: write JSON, PNG and text of it back into this output. */
  | { readonly type: "edited"; readonly outputId: string; readonly figure: Figure }
  /** Put a new code cell below the cell of this output. */
  | { readonly type: "insertCell"; readonly outputId: string; readonly code: string };

/** To a renderer. */
export type HostMessage =
  | { readonly type: "kernel"; readonly state: KernelState; readonly engine: string | null }
  | { readonly type: "reply"; readonly requestId: string; readonly value: unknown }
  | { readonly type: "refusal"; readonly requestId: string; readonly message: string }
  /** What a request waits for, in words: "the running cell". */
  | { readonly type: "waiting"; readonly requestId: string; readonly reason: string }
  /** Content ids (contentId.ts) of figures whose cells wait to run and will replace them; all of them each time. */
  | { readonly type: "aboutToRun"; readonly outputs: readonly string[] }
  /** The notebook's one selection has changed. */
  | { readonly type: "selection"; readonly clips: readonly ClipId[] };

const hostTypes = [
  "kernel",
  "reply",
  "refusal",
  "waiting",
  "selection",
  "aboutToRun",
] satisfies HostMessage["type"][];

/** Whether something that arrived is one of ours: other extensions' messages may share the channel. */
export function isHostMessage(message: unknown): message is HostMessage {
  const type = (message as { readonly type?: unknown } | null)?.type;
  return hostTypes.some((known) => known === type);
}
