import type { PlayRequest } from "./player.ts";

/** A sound that was asked for; it may not have begun. */
export interface RunningSound {
  /** Undefined before it begins. */
  positionSec(): number | undefined;
  /** Fades out. No callback follows. */
  stop(): void;
}

export interface SoundEvents {
  onStart(): void;
  onEnd(): void;
  onError(error: Error): void;
}

const fadeSec = 0.01;
/** The first piece is short, so that sound begins soon. */
export const firstPieceSec = 1;
const pieceSec = 8;
/** Pieces overlap and are cross-faded: resampling at a cut would click. Both sides are the same sound. */
export const overlapSec = 0.02;
/** The next piece is asked for this long before the present one ends. */
const aheadSec = 3;
const startDelaySec = 0.005;

/** A stretch of sound on the context's clock. */
interface Stretch {
  readonly whenSec: number;
  readonly untilSec: number;
  readonly clipSec: number;
}

/** Plays a clip from pieces that arrive one by one, each before the one in front of it ends. */
export function playPieces(
  context: AudioContext,
  request: PlayRequest,
  events: SoundEvents,
): RunningSound {
  const { source, startSec = 0, endSec = Number.POSITIVE_INFINITY, rate = 1 } = request;
  const { loop = false, loopStartSec = startSec } = request;
  const controller = new AbortController();
  const { signal } = controller;
  const output = context.createGain();
  output.connect(context.destination);
  const stretches: Stretch[] = [];

  run().catch((error: unknown) => {
    if (signal.aborted) return;
    controller.abort();
    events.onError(error instanceof Error ? error : new Error(String(error)));
  });

  async function run(): Promise<void> {
    let clipSec = startSec;
    let whenSec = 0;
    let fadeIn = fadeSec;
    let wantedSec = firstPieceSec;
    while (!signal.aborted) {
      const leftSec = endSec - clipSec;
      const asked = Math.min(wantedSec + overlapSec, leftSec);
      const buffer = await source(clipSec, asked, signal);
      signal.throwIfAborted();
      const isLast = buffer.duration < asked - 0.001 || asked >= leftSec - 0.001;
      // A piece that comes late begins when it is there.
      whenSec = Math.max(whenSec, context.currentTime + startDelaySec);
      const lengthSec = (buffer.duration - (isLast ? 0 : overlapSec)) / rate;
      schedule(buffer, whenSec, lengthSec, fadeIn, isLast ? fadeSec : overlapSec / rate, isLast);
      stretches.push({ whenSec, untilSec: whenSec + lengthSec, clipSec });
      if (stretches.length === 1) events.onStart();
      whenSec += lengthSec;
      if (isLast && !loop) break;
      clipSec = isLast ? loopStartSec : clipSec + lengthSec * rate;
      fadeIn = isLast ? fadeSec : overlapSec / rate;
      wantedSec = pieceSec;
      await until(whenSec - aheadSec);
    }
    await until(whenSec);
    signal.throwIfAborted();
    controller.abort();
    events.onEnd();
  }

  function schedule(
    buffer: AudioBuffer,
    whenSec: number,
    lengthSec: number,
    fadeInSec: number,
    fadeOutSec: number,
    isLast: boolean,
  ): void {
    const player = context.createBufferSource();
    player.buffer = buffer;
    player.playbackRate.value = rate;
    const gain = context.createGain();
    player.connect(gain).connect(output);
    const fadeOutFrom = Math.max(
      whenSec + fadeInSec,
      whenSec + lengthSec - (isLast ? fadeOutSec : 0),
    );
    gain.gain.setValueAtTime(0, whenSec);
    gain.gain.linearRampToValueAtTime(1, whenSec + fadeInSec);
    gain.gain.setValueAtTime(1, fadeOutFrom);
    gain.gain.linearRampToValueAtTime(0, fadeOutFrom + fadeOutSec);
    player.start(whenSec);
    player.addEventListener("ended", () => gain.disconnect());
    signal.addEventListener("abort", () => player.stop(context.currentTime + 2 * fadeSec));
  }

  function until(timeSec: number): Promise<void> {
    const waitMs = Math.max(0, (timeSec - context.currentTime) * 1000);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  return {
    positionSec() {
      const now = context.currentTime;
      const at = stretches.findLast(({ whenSec }) => whenSec <= now) ?? stretches[0];
      if (!at) return undefined;
      const intoSec = Math.min(Math.max(now - at.whenSec, 0), at.untilSec - at.whenSec);
      return at.clipSec + intoSec * rate;
    },
    stop() {
      if (signal.aborted) return;
      const now = context.currentTime;
      output.gain.setValueAtTime(1, now);
      output.gain.linearRampToValueAtTime(0, now + fadeSec);
      controller.abort();
    },
  };
}
