import type { Figure } from "../../../kernel/mulan/figures/contract.ts";
import type { KernelLink } from "./kernelLink.ts";
import { drawnAnew, unfinishedIn } from "./unfinished.ts";

/** How often it is looked whether the time has come. */
const lookMs = 100;
/** Since the last key or pointer. */
const quietMs = 300;
/** An edit that nobody left the figure after is written back when nobody has touched the figure for this long. */
const latestMs = 10_000;
/** A host that has not drawn the output anew by then has refused, or its engine is busy: it is told again. */
const answerMs = 5000;

/** Writes an edited figure into its output. */
export interface WriteBack {
  edited(figure: Figure): void;
}

/**
 * The output is drawn anew when it is written. So that this disturbs nobody it waits until the figure was left or
 * Ctrl+S pressed, every answer has come, no control has the focus, and for a short quiet; what is typed all the same
 * outlives the drawing (unfinished.ts). An output that goes is written at once.
 */
export function createWriteBack(
  link: KernelLink,
  outputId: string,
  host: HTMLElement,
  signal: AbortSignal,
): WriteBack {
  const unfinished = unfinishedIn(outputId);
  let timer = 0;
  let touchedMs = performance.now();
  let left = false;
  let urgent = false;
  let composing = false;

  const isUntold = (): boolean =>
    unfinished.edited !== undefined && unfinished.edited !== unfinished.told;
  const tell = (): void => {
    if (!isUntold() || !unfinished.edited) return;
    unfinished.told = unfinished.edited;
    unfinished.toldMs = performance.now();
    for (const each of unfinished.entered) if (each.stage === "edited") each.stage = "told";
    link.tell({ type: "edited", outputId, figure: unfinished.edited });
    urgent = false;
  };
  const mayTell = (): boolean => {
    const now = performance.now();
    if (unfinished.told && now - unfinished.toldMs < answerMs) return false;
    if (urgent) return true;
    if (composing || unfinished.entered.some(({ stage }) => stage === "asked")) return false;
    if (now - touchedMs >= latestMs) return true;
    return left && now - touchedMs >= quietMs && !hasFocusedControl(host);
  };
  const look = (): void => {
    clearTimeout(timer);
    if (signal.aborted || !isUntold()) return;
    if (mayTell()) tell();
    else timer = setTimeout(look, lookMs);
  };

  const options = { signal };
  const touch = (): void => {
    touchedMs = performance.now();
  };
  for (const type of ["keydown", "input", "pointerdown"]) {
    host.addEventListener(type, touch, { signal, capture: true });
  }
  host.addEventListener("compositionstart", () => (composing = true), options);
  host.addEventListener("compositionend", () => (composing = false), options);
  host.addEventListener("focusin", () => (left = false), options);
  host.addEventListener(
    "focusout",
    (event) => {
      if (event.relatedTarget === host) return;
      left = true;
      composing = false;
    },
    options,
  );
  host.addEventListener(
    "pointerleave",
    () => {
      if (!host.matches(":focus-within")) left = true;
    },
    options,
  );
  host.addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
      urgent = true;
      look();
    },
    { signal, capture: true },
  );
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    if (signal.reason !== drawnAnew) tell();
  });
  // An edit of the drawing before this one: who made it has left long ago, or leaves this one.
  left = !host.matches(":focus-within");
  look();
  return {
    edited(figure) {
      if (signal.aborted) return;
      unfinished.edited = figure;
      look();
    },
  };
}

/** The drawing itself is none: keys that move in it can go on in the next one. */
function hasFocusedControl(host: HTMLElement): boolean {
  const focused = host.shadowRoot?.activeElement;
  return Boolean(focused && !focused.classList.contains("drawing"));
}
