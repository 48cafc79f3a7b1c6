import type { LiveName } from "../../kernel/mulan/figures/contractLive.ts";
import type { HostMessage, RendererMessage } from "../../kernel/mulan/figures/rendererMessages.ts";
import type { NotebookSession } from "../session/notebookSession.ts";

type LiveMessage = Extract<RendererMessage, { type: "live" }>;

/** An engine that is between two awaits of its cell answers at once; only one that does not is worth a word. */
const SAY_AFTER_MS = 150;

/** Asks the engine in the name of a figure; the figure hears `waiting` where the answer takes its time. */
export async function answerRequest(
  { requestId, name, params }: LiveMessage,
  session: Pick<NotebookSession, "live" | "state"> | undefined,
  post: (message: HostMessage) => void,
): Promise<void> {
  const timer = setTimeout(() => {
    if (session?.state.phase !== "busy") return;
    post({ type: "waiting", requestId, reason: "the running cell" });
  }, SAY_AFTER_MS);
  try {
    if (!session) throw new Error("no kernel is running: run a cell first");
    // The engine's table of requests checks name and parameters: here they only pass through.
    const value: unknown = await session.live(name as LiveName, params as never);
    post({ type: "reply", requestId, value });
  } catch (error) {
    post({ type: "refusal", requestId, message: describe(error) });
  } finally {
    clearTimeout(timer);
  }
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^(MulanError|Error): /, "");
}
