import type { z } from "zod";
import type { LiveName, LiveRequests } from "../../mulan/figures/contractLive.ts";

/** How one request of a renderer is parsed and answered. Outputs are untrusted: so are their requests. */
export interface Handler<N extends LiveName> {
  readonly params: z.ZodType<LiveRequests[N]["params"]>;
  answer(
    params: LiveRequests[N]["params"],
  ): LiveRequests[N]["reply"] | Promise<LiveRequests[N]["reply"]>;
}

/**
 * For library calls of a request: the interrupt and the progress bar of a cell that happens to run are not its
 * own.
 */
export function apartFromCells(): { signal: AbortSignal; onProgress: () => void } {
  return { signal: new AbortController().signal, onProgress: () => {} };
}
