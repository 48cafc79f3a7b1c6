import type { ClipId } from "../../kernel/mulan/figures/contract.ts";
import type { ClipWindows } from "../../kernel/mulan/figures/contractLive.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import { follow } from "../shared/kernel/signal.ts";
import type { Player } from "../shared/sound/player.ts";
import { hearWindow, windowSoundId } from "./hearWindow.ts";
import { createWindowStrip, describeWindow, windowAt } from "./windowStrip.ts";

export interface ModelWindowsOptions {
  readonly link: KernelLink;
  readonly player: Player;
  readonly clip: ClipId;
  readonly label: string;
  /** Of the clip in its file. */
  readonly startSec: number;
  readonly durationSec: number;
  readonly signal: AbortSignal;
  /** What the pointer rests on, in words; empty when it has left. */
  onRead(text: string): void;
  /** A window begins to sound or ends. */
  onHear(text: string): void;
}

/** The windows that the model cuts from a clip: drawn below the picture, heard as the model got them. */
export interface ModelWindows {
  readonly element: HTMLElement;
  readonly present: ClipWindows | undefined;
  /** Asks anew: a model may have been loaded since. */
  ask(): Promise<void>;
  draw(): void;
  hear(index: number): void;
  hearAt(sec: number): void;
}

export function createModelWindows(options: ModelWindowsOptions): ModelWindows {
  const { link, player, clip, label, startSec, durationSec, signal } = options;
  let present: ClipWindows | undefined;
  let frame = 0;
  const describe = (index: number): string =>
    present ? describeWindow(present, index, startSec) : "";
  const strip = createWindowStrip({
    onPick: (index) => windows.hear(index),
    onHover(index, event) {
      options.onRead(index === undefined ? "" : describe(index));
      event.stopPropagation();
    },
  });
  follow(player.state, signal, showSounding);

  function showSounding(): void {
    cancelAnimationFrame(frame);
    const { clip: sounding, phase } = player.state.value;
    const ids = present?.startSec.map((_, i) => windowSoundId(clip, i)) ?? [];
    const index = ids.indexOf(sounding ?? "");
    if (index < 0 || phase === "stopped" || signal.aborted) {
      strip.showPlaying(undefined);
      return;
    }
    strip.showPlaying(index, (player.positionSec ?? 0) / present!.windowSec);
    frame = requestAnimationFrame(showSounding);
  }

  const windows: ModelWindows = {
    element: strip.element,
    get present() {
      return present;
    },
    async ask() {
      // A refusal says that no model is loaded: nothing to draw and nothing to tell.
      present = await link.ask("windows", { clip, model: null }).catch(() => undefined);
    },
    draw() {
      strip.draw(present, durationSec);
      showSounding();
    },
    hear(index) {
      if (!present) return;
      player.toggle(hearWindow(link, clip, label, present, index));
      options.onHear(describe(index));
    },
    hearAt(sec) {
      const index = present && windowAt(present, sec);
      if (index !== undefined) windows.hear(index);
    },
  };
  return windows;
}
