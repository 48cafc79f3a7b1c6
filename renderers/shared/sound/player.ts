import type { ClipId } from "../../../kernel/mulan/figures/contract.ts";
import { onePerPage } from "../kernel/onePerPage.ts";
import { createSignal, type Signal } from "../kernel/signal.ts";
import { playPieces, type RunningSound } from "./playPieces.ts";

/** Gives a piece of a clip's sound: up to `durationSec` from `startSec`, shorter only at the clip's end. */
export type PieceSource = (
  startSec: number,
  durationSec: number,
  signal: AbortSignal,
) => Promise<AudioBuffer>;

export interface PlayRequest {
  readonly clip: ClipId;
  readonly label: string;
  readonly source: PieceSource;
  /** Default 0. */
  readonly startSec?: number;
  /** Default: the clip's end. */
  readonly endSec?: number;
  /** Start again at `startSec` (or `loopStartSec`) when the end is reached. */
  readonly loop?: boolean;
  /** Where a loop begins, when play begins inside it. */
  readonly loopStartSec?: number;
  /** 0.25–2, tape-style: the pitch follows. */
  readonly rate?: number;
  /** The sound ended by itself, neither stopped nor taken over by another. */
  readonly onEnd?: () => void;
  readonly onError?: (error: Error) => void;
}

export interface PlayerState {
  readonly clip: ClipId | null;
  readonly label: string;
  readonly phase: "stopped" | "loading" | "playing";
  readonly error: string | null;
}

/** Plays one clip at a time in the whole notebook. */
export interface Player {
  readonly state: Signal<PlayerState>;
  /** Seconds into the clip, for a cursor that is drawn each frame; undefined while nothing sounds. */
  readonly positionSec: number | undefined;
  play(request: PlayRequest): void;
  stop(): void;
  /** Stops when this clip plays, else plays it. */
  toggle(request: PlayRequest): void;
  setRate(rate: number): void;
  setLoop(loop: boolean): void;
  seek(sec: number): void;
  /** The page's one AudioContext; made at the first call, which should be inside a click. */
  context(): AudioContext;
}

const stopped: PlayerState = { clip: null, label: "", phase: "stopped", error: null };

/** The page's one player. */
export function sharedPlayer(): Player {
  return onePerPage("player", createPlayer);
}

function createPlayer(): Player {
  const state = createSignal<PlayerState>(stopped);
  let audio: AudioContext | undefined;
  let request: PlayRequest | undefined;
  let running: RunningSound | undefined;

  const player: Player = {
    state,
    get positionSec() {
      return running?.positionSec();
    },
    play(next) {
      running?.stop();
      request = next;
      const context = player.context();
      // A page may not sound before a gesture; this one is called from a click or a key.
      if (context.state === "suspended") void context.resume();
      const { clip, label } = next;
      const tell = (phase: PlayerState["phase"], error: string | null = null): void => {
        if (running !== mine) return;
        if (phase === "stopped") running = undefined;
        state.set(phase === "stopped" ? { ...stopped, error } : { clip, label, phase, error });
      };
      const mine: RunningSound = playPieces(context, next, {
        onStart: () => tell("playing"),
        onEnd: () => {
          tell("stopped");
          next.onEnd?.();
        },
        onError: (error) => {
          tell("stopped", error.message);
          next.onError?.(error);
        },
      });
      running = mine;
      tell("loading");
    },
    stop() {
      running?.stop();
      running = undefined;
      state.set(stopped);
    },
    toggle(next) {
      if (state.value.clip === next.clip && state.value.phase !== "stopped") player.stop();
      else player.play(next);
    },
    setRate(rate) {
      again({ rate });
    },
    setLoop(loop) {
      again({ loop });
    },
    seek(sec) {
      again({ startSec: sec });
    },
    context() {
      audio ??= new AudioContext({ latencyHint: "interactive" });
      return audio;
    },
  };

  /** Goes on from the same place with something changed. */
  function again(change: Partial<PlayRequest>): void {
    if (!request || !running) return;
    const { startSec = 0, loopStartSec = startSec } = request;
    const here = running.positionSec() ?? startSec;
    player.play({ ...request, loopStartSec, startSec: here, ...change });
  }
  return player;
}
