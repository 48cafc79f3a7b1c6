import { byteText } from "../../kernel/mulan/foundation/byteText.ts";
import type { LiveRequests } from "../../kernel/session/index.ts";

/** What is said after a notebook's models were unloaded. */
export function unloadedText({
  freedBytes,
  ended,
}: LiveRequests["unloadModels"]["answer"]): string {
  if (ended.length === 0) return "This notebook has no model in memory.";
  const freed = freedBytes > 0 ? `, ${byteText(freedBytes)} freed` : "";
  // The figure first: VS Code shows one line until somebody opens the message.
  return `Models unloaded${freed} (${ended.join(", ")}). The next cell that uses one opens it again.`;
}
