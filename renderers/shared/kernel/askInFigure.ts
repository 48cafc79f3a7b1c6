import type { LiveName, LiveRequests } from "../../../kernel/mulan/figures/contractLive.ts";
import type { FigureShell } from "../shell/figureShell.ts";
import type { KernelLink } from "./kernelLink.ts";

/** What is faster is not worth a word. */
const sayAfterMs = 150;

/**
 * Asks the engine and shows what is being done, what it waits for, a way to cancel, and what went wrong.
 * Undefined where no answer came.
 */
export async function askInFigure<N extends LiveName>(
  shell: FigureShell,
  link: KernelLink,
  name: N,
  params: LiveRequests[N]["params"],
  doing: string,
): Promise<LiveRequests[N]["reply"] | undefined> {
  const cancel = new AbortController();
  const signal = AbortSignal.any([cancel.signal, shell.signal]);
  const say = (text: string): void =>
    shell.status.setPassing({ kind: "waiting", text, onCancel: () => cancel.abort() });
  const timer = setTimeout(() => say(doing), sayAfterMs);
  const onWaiting = (reason: string): void => {
    clearTimeout(timer);
    say(`${doing}: waiting for ${reason}`);
  };
  try {
    const reply = await link.ask(name, params, { signal, onWaiting });
    clearTimeout(timer);
    shell.status.setPassing({ kind: "none" });
    return reply;
  } catch (error) {
    clearTimeout(timer);
    const reason = error instanceof Error ? error.message : String(error);
    shell.status.setPassing(
      signal.aborted ? { kind: "none" } : { kind: "error", text: `${doing} failed: ${reason}` },
    );
    return undefined;
  }
}
