import type { ClipId } from "../../kernel/mulan/figures/contract.ts";
import type { ClipWindows } from "../../kernel/mulan/figures/contractLive.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import { toBuffer } from "../shared/sound/enginePieces.ts";
import type { PieceSource, PlayRequest } from "../shared/sound/player.ts";

/** Its own name to the player: it is another sound than the clip. */
export function windowSoundId(clip: ClipId, index: number): string {
  return `${clip} window ${index}`;
}

/** One window as the model got it: mono, at the model's rate, padding included. */
export function hearWindow(
  link: KernelLink,
  clip: ClipId,
  label: string,
  windows: ClipWindows,
  index: number,
): PlayRequest {
  return {
    clip: windowSoundId(clip, index),
    label: `${label}, window ${index + 1}`,
    source: wholeSound(() =>
      link.ask("windowAudio", { clip, model: windows.model, index }).then(toBuffer),
    ),
    endSec: windows.windowSec,
  };
}

/** Cuts pieces out of one short sound that is fetched once. */
function wholeSound(fetchSound: () => Promise<AudioBuffer>): PieceSource {
  let sound: Promise<AudioBuffer> | undefined;
  return async (startSec, durationSec) => {
    sound ??= fetchSound();
    const whole = await sound;
    const from = Math.round(startSec * whole.sampleRate);
    const length = Math.min(Math.round(durationSec * whole.sampleRate), whole.length - from);
    const piece = new AudioBuffer({
      length: Math.max(1, length),
      numberOfChannels: whole.numberOfChannels,
      sampleRate: whole.sampleRate,
    });
    for (let channel = 0; channel < whole.numberOfChannels; channel++) {
      const samples = whole.getChannelData(channel).subarray(from, from + length);
      piece.copyToChannel(samples as Float32Array<ArrayBuffer>, channel);
    }
    return piece;
  };
}
