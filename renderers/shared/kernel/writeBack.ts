import type { Figure } from "../../../kernel/mulan/figures/contract.ts";
import type { KernelLink } from "./kernelLink.ts";

/** An edit that nobody left the figure after is written back then. */
const latestMs = 10_000;

/** Writes an edited figure into its output. */
export interface WriteBack {
  edited(figure: Figure): void;
}

/**
 * Waits until the focus or the pointer leaves the figure, or Ctrl+S is pressed: the output is drawn anew when it
 * is written, and would take the focus from whoever types the next prompt.
 */
export function createWriteBack(
  link: KernelLink,
  outputId: string,
  host: HTMLElement,
  signal: AbortSignal,
): WriteBack {
  let waiting: Figure | undefined;
  let timer = 0;
  const flush = (): void => {
    clearTimeout(timer);
    if (waiting) link.tell({ type: "edited", outputId, figure: waiting });
    waiting = undefined;
  };
  const options = { signal };
  host.addEventListener("focusout", (event) => event.relatedTarget !== host && flush(), options);
  host.addEventListener("pointerleave", () => !host.matches(":focus-within") && flush(), options);
  host.addEventListener(
    "keydown",
    (event) => (event.ctrlKey || event.metaKey) && event.key === "s" && flush(),
    { signal, capture: true },
  );
  signal.addEventListener("abort", flush);
  return {
    edited(figure) {
      waiting = figure;
      clearTimeout(timer);
      timer = setTimeout(flush, latestMs);
    },
  };
}
