import type { ClipWindows } from "../../kernel/mulan/figures/contractLive.ts";
import { formatTime } from "../../kernel/mulan/figures/contractLook.ts";
import { html } from "../shared/dom.ts";
import { windowRows } from "./layout.ts";

export interface StripEvents {
  onPick(index: number): void;
  onHover(index: number | undefined, event: MouseEvent): void;
}

/** The windows that the model cuts, as bars on the time axis. */
export interface WindowStrip {
  readonly element: HTMLElement;
  draw(windows: ClipWindows | undefined, durationSec: number): void;
  /** @param shareDone of the window, padding included */
  showPlaying(index: number | undefined, shareDone?: number): void;
}

export function createWindowStrip(events: StripEvents): WindowStrip {
  const element = html("div", { class: "layer windows", role: "group" });
  let bars: HTMLElement[] = [];
  const indexAt = (event: MouseEvent): number | undefined => {
    const root = element.getRootNode() as ShadowRoot;
    const bar = root
      .elementFromPoint(event.clientX, event.clientY)
      ?.closest<HTMLElement>(".window");
    return bar?.dataset.index === undefined ? undefined : Number(bar.dataset.index);
  };
  let isPressed = false;
  element.addEventListener("pointerdown", (event) => {
    isPressed = indexAt(event) !== undefined;
    // A drag here would begin a region.
    if (isPressed) event.stopPropagation();
  });
  // Not by "click": bars that were drawn anew meanwhile get none (see onPress in elementAt.ts).
  element.addEventListener("pointerup", (event) => {
    const index = isPressed && event.button === 0 ? indexAt(event) : undefined;
    if (index !== undefined) events.onPick(index);
  });
  element.addEventListener("click", (event) => {
    // Beside the bars a click seeks, as in the rest of the picture.
    if (isPressed) event.stopPropagation();
  });
  element.addEventListener("mousemove", (event) => events.onHover(indexAt(event), event));
  element.addEventListener("mouseleave", (event) => events.onHover(undefined, event));
  return {
    element,
    draw(windows, durationSec) {
      if (!windows) {
        bars = [];
        element.replaceChildren();
        return;
      }
      const { startSec, durationSec: lengths, windowSec } = windows;
      element.setAttribute("aria-label", `${startSec.length} windows of ${windows.model}`);
      const rows = windowRows(startSec, lengths);
      const single = Math.max(0, ...rows) === 0;
      bars = startSec.map((start, index) => {
        const padded = lengths[index]! < windowSec - 1e-3;
        const bar = html("div", {
          class: padded ? "window padded" : "window",
          "data-index": index,
        });
        bar.style.left = `${(100 * start) / durationSec}%`;
        bar.style.width = `${(100 * Math.min(lengths[index]!, durationSec - start)) / durationSec}%`;
        bar.style.top = single ? "2px" : `${8 * rows[index]!}px`;
        bar.style.height = single ? "12px" : "7px";
        return bar;
      });
      element.replaceChildren(...bars);
    },
    showPlaying(index, shareDone = 0) {
      bars.forEach((bar, i) => {
        bar.classList.toggle("playing", i === index);
        if (i !== index) bar.replaceChildren();
      });
      const bar = index === undefined ? undefined : bars[index];
      if (!bar) return;
      const mark = bar.firstElementChild ?? html("div", { class: "progress-of-window" });
      if (mark instanceof HTMLElement) mark.style.left = `${100 * Math.min(1, shareDone)}%`;
      if (!mark.isConnected) bar.append(mark);
    },
  };
}

const fillings = {
  zeros: "silence",
  repeat: "its own sound repeated",
  repeatpad: "whole repeats, then silence",
  wrap: "the clip's beginning",
} as const;

/** "window 3 of 10, 0:06.0–0:09.0, padded to 3.0 s with silence, 16 kHz mono". */
export function describeWindow(windows: ClipWindows, index: number, clipStartSec: number): string {
  const { startSec, durationSec, windowSec, padding, sampleRateHz } = windows;
  const from = clipStartSec + startSec[index]!;
  const own = durationSec[index]!;
  const padded =
    own < windowSec - 1e-3 ? `, padded to ${windowSec.toFixed(1)} s with ${fillings[padding]}` : "";
  const where = `${formatTime(from)}–${formatTime(from + own)}`;
  return `window ${index + 1} of ${startSec.length}, ${where}${padded}, ${sampleRateHz / 1000} kHz mono`;
}

/** The window that holds a time, the later one where two overlap. */
export function windowAt({ startSec, durationSec }: ClipWindows, sec: number): number | undefined {
  const found = startSec.findLastIndex((start, i) => start <= sec && sec < start + durationSec[i]!);
  return found < 0 ? undefined : found;
}
