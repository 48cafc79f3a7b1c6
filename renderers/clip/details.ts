import type { ClipId } from "../../kernel/mulan/figures/contract.ts";
import type { ClipDetail } from "../../kernel/mulan/figures/contractLive.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import type { Stretch } from "./playerMedia.ts";

/** What the engine has sent beyond the figure: the whole clip as a model sees it, and the part in sight when zoomed. */
export interface Details {
  readonly whole: ClipDetail | undefined;
  readonly part: ClipDetail | undefined;
  /** The model that both were asked for. */
  readonly model: string | null;
  /** Asks for what is missing; the latest call wins. */
  want(model: string | null, visible: Stretch, zoom: number): void;
  forget(): void;
}

export interface DetailsOptions {
  readonly link: KernelLink;
  readonly clip: ClipId;
  readonly durationSec: number;
  readonly signal: AbortSignal;
  onChange(): void;
  /** The whole clip's other spectrogram is on its way, or no longer. */
  onWaiting(waiting: boolean): void;
  onError(message: string): void;
}

const maxFrames = 1200;
const maxPeaks = 1200;
/** The figure's own frames and peaks are enough for less. */
const zoomWorthAsking = 1.5;
/** Scrolling and zooming come in long series of events. */
const settleMs = 150;

export function createDetails(options: DetailsOptions): Details {
  const { link, clip, durationSec, signal } = options;
  let whole: ClipDetail | undefined;
  let part: ClipDetail | undefined;
  let wholeOf: string | null = null;
  let running: AbortController | undefined;
  let timer = 0;
  let waiting = false;
  const wait = (next: boolean): void => {
    if (next !== waiting) options.onWaiting(next);
    waiting = next;
  };

  async function fetchAll(model: string | null, visible: Stretch, zoom: number): Promise<void> {
    running?.abort();
    wait(false);
    const mine = new AbortController();
    running = mine;
    const ask = (startSec: number, lengthSec: number) =>
      link.ask(
        "clipDetail",
        { clip, model, startSec, durationSec: lengthSec, maxPeaks, maxFrames },
        { signal: mine.signal },
      );
    try {
      if (model !== wholeOf) {
        whole = undefined;
        part = undefined;
        wait(model !== null);
        whole = model === null ? undefined : await ask(0, durationSec);
        wait(false);
        wholeOf = model;
        options.onChange();
      }
      if (zoom < zoomWorthAsking) {
        if (part) {
          part = undefined;
          options.onChange();
        }
        return;
      }
      if (part && part.startSec <= visible.startSec && partEnd(part) >= visible.endSec) {
        const span = visible.endSec - visible.startSec;
        if (part.durationSec < 4 * span) return;
      }
      // Half a screen more on both sides: a small scroll finds it there.
      const span = visible.endSec - visible.startSec;
      const from = Math.max(0, visible.startSec - span / 2);
      const to = Math.min(durationSec, visible.endSec + span / 2);
      part = await ask(from, to - from);
      options.onChange();
    } catch (error) {
      if (mine.signal.aborted || signal.aborted) return;
      wait(false);
      options.onError(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    get whole() {
      return whole;
    },
    get model() {
      return wholeOf;
    },
    get part() {
      return part;
    },
    want(model, visible, zoom) {
      clearTimeout(timer);
      timer = setTimeout(() => void fetchAll(model, visible, zoom), settleMs);
    },
    forget() {
      clearTimeout(timer);
      running?.abort();
    },
  };
}

/** Rounded samples may end a little before what was asked for. */
function partEnd(part: ClipDetail): number {
  return part.startSec + part.durationSec + 0.01;
}
