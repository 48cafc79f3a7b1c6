import type { ClipId } from "../../kernel/mulan/figures/contract.ts";
import { follow } from "../shared/kernel/signal.ts";
import type { PieceSource, Player } from "../shared/sound/player.ts";

export interface MediaOptions {
  readonly player: Player;
  readonly clip: ClipId;
  readonly label: string;
  readonly durationSec: number;
  readonly source: PieceSource;
  readonly signal: AbortSignal;
}

/** A stretch to play instead of the whole clip. */
export interface Stretch {
  readonly startSec: number;
  readonly endSec: number;
}

/**
 * The page's player as the media element of one wavesurfer: it moves whoever plays this clip, in this output or in
 * another. Wavesurfer's own back ends fetch URLs, which outputs have none of.
 */
export class PlayerMedia extends EventTarget {
  readonly #options: MediaOptions;
  #restSec = 0;
  #playing = false;
  #rate = 1;
  /** What `play` plays; undefined for the whole clip. */
  stretch: Stretch | undefined;
  loop = false;

  // Read by wavesurfer, as of an element that has loaded.
  readonly readyState = 4;
  readonly src = "";
  readonly currentSrc = "";
  readonly error = null;
  readonly seeking = false;
  readonly ended = false;
  volume = 1;
  muted = false;

  constructor(options: MediaOptions) {
    super();
    this.#options = options;
    const { player, clip, signal } = options;
    follow(player.state, signal, (state) => this.#become(state.clip === clip, state.phase));
  }

  get duration(): number {
    return this.#options.durationSec;
  }

  get paused(): boolean {
    return !this.#playing;
  }

  get currentTime(): number {
    const { player, durationSec } = this.#options;
    if (this.#playing) this.#restSec = Math.min(durationSec, player.positionSec ?? this.#restSec);
    return this.#restSec;
  }

  /** Seeks; a clip that sounds goes on from there. */
  set currentTime(sec: number) {
    const { player, durationSec } = this.#options;
    this.#restSec = Math.min(durationSec, Math.max(0, sec));
    if (this.#playing) player.seek(this.#restSec);
    this.dispatchEvent(new Event("seeking"));
    this.dispatchEvent(new Event("timeupdate"));
    this.dispatchEvent(new Event("seeked"));
  }

  get playbackRate(): number {
    return this.#rate;
  }

  set playbackRate(rate: number) {
    if (rate === this.#rate) return;
    this.#rate = rate;
    if (this.#playing) this.#options.player.setRate(rate);
    this.dispatchEvent(new Event("ratechange"));
  }

  async play(): Promise<void> {
    const { player, clip, label, source, durationSec } = this.#options;
    const { startSec, endSec } = this.stretch ?? { startSec: 0, endSec: durationSec };
    const inside = this.#restSec >= startSec && this.#restSec < endSec - 0.05;
    player.play({
      clip,
      label,
      source,
      startSec: inside ? this.#restSec : startSec,
      endSec,
      loop: this.loop,
      loopStartSec: startSec,
      rate: this.#rate,
    });
  }

  pause(): void {
    if (this.#playing) this.#options.player.stop();
  }

  setLoop(loop: boolean): void {
    this.loop = loop;
    if (this.#playing) this.#options.player.setLoop(loop);
  }

  load(): void {}
  remove(): void {}
  removeAttribute(): void {}
  canPlayType(): string {
    return "";
  }

  #become(mine: boolean, phase: string): void {
    const playing = mine && phase === "playing";
    if (playing === this.#playing) return;
    this.#playing = playing;
    // At its end a clip goes back to where its stretch began, like a tape that was rewound.
    const { startSec, endSec } = this.stretch ?? { startSec: 0, endSec: this.duration };
    if (!playing && this.#restSec >= endSec - 0.1) this.#restSec = startSec;
    this.dispatchEvent(new Event(playing ? "play" : "pause"));
    this.dispatchEvent(new Event("timeupdate"));
  }
}
