import type { ClipFigure } from "../../kernel/mulan/figures/contract.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import { enginePieces } from "../shared/sound/enginePieces.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { storedPieces } from "../shared/sound/storedPieces.ts";
import { PlayerMedia, type Stretch } from "./playerMedia.ts";

export interface PlaybackOptions {
  readonly figure: ClipFigure;
  readonly link: KernelLink;
  readonly signal: AbortSignal;
  /** The engine can give the clip's own channels now. */
  isLive(): boolean;
}

/** How this figure's clip is heard: from the engine, else from the sound that the figure carries. */
export interface Playback {
  readonly media: PlayerMedia;
  /** Something can be heard now. */
  readonly audible: boolean;
  /** Plays on from the cursor, or pauses. @param loop goes round this stretch */
  toggle(loop: Stretch | undefined): void;
  /** Plays a stretch from its beginning. */
  play(stretch: Stretch): void;
}

export function createPlayback({ figure, link, signal, isLive }: PlaybackOptions): Playback {
  const { clip, label, durationSec, sound, sampleRateHz } = figure;
  const player = sharedPlayer();
  const engine = enginePieces(link, clip);
  const stored = sound && storedPieces(sound, sampleRateHz);
  const media = new PlayerMedia({
    player,
    clip,
    label,
    durationSec,
    source: (...asked) => (stored && !isLive() ? stored : engine)(...asked),
    signal,
  });
  signal.addEventListener("abort", () => media.pause());
  const playback: Playback = {
    media,
    get audible() {
      return stored !== undefined || isLive();
    },
    toggle(loop) {
      if (!playback.audible) return;
      const { clip: sounding, phase } = player.state.value;
      if (sounding === clip && phase !== "stopped") return media.pause();
      media.stretch = loop;
      void media.play();
    },
    play(stretch) {
      if (!playback.audible) return;
      media.pause();
      media.currentTime = stretch.startSec;
      media.stretch = stretch;
      void media.play();
    },
  };
  return playback;
}

/** What a figure without an engine says of the sound that it has. */
export function describeStored({ sound, durationSec }: ClipFigure): string | undefined {
  if (!sound) return undefined;
  const whole = sound.durationSec >= durationSec - 0.05;
  const extent = whole ? "" : `, its first ${sound.durationSec.toFixed(0)} s`;
  return `plays the mono sound stored with it${extent}; run the cell for everything else`;
}
