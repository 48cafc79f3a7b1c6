import { decodeBase64, type StoredSound } from "../../../kernel/mulan/figures/contract.ts";
import type { PieceSource } from "./player.ts";

/** What a browser's AudioContext takes; the page decodes at another rate where a clip's lies outside. */
const contextRatesHz = [8000, 96_000] as const;

/**
 * The sound that an output carries itself. It is decoded at the first piece, from its bytes: under a strict policy
 * a page may fetch nothing, not even what it holds.
 */
export function storedPieces(
  { flac, durationSec }: StoredSound,
  sampleRateHz: number,
): PieceSource {
  let decoding: Promise<AudioBuffer> | undefined;
  return async (startSec, wantedSec) => {
    if (startSec >= durationSec) {
      throw new Error(
        `only the first ${durationSec.toFixed(0)} s are stored in the notebook; run the cell to hear the rest`,
      );
    }
    decoding ??= decode(flac, sampleRateHz);
    return cut(await decoding, startSec, wantedSec);
  };
}

function decode(flac: string, sampleRateHz: number): Promise<AudioBuffer> {
  const [lowest, highest] = contextRatesHz;
  const rate = Math.min(highest, Math.max(lowest, sampleRateHz));
  // An offline context needs no gesture, and keeps the clip's own rate where the page's would resample it.
  return new OfflineAudioContext(1, 1, rate).decodeAudioData(decodeBase64(flac).slice().buffer);
}

function cut(whole: AudioBuffer, startSec: number, wantedSec: number): AudioBuffer {
  const { sampleRate } = whole;
  const from = Math.min(whole.length - 1, Math.round(startSec * sampleRate));
  const length = Math.max(1, Math.min(whole.length - from, Math.round(wantedSec * sampleRate)));
  const piece = new AudioBuffer({ length, sampleRate });
  piece.copyToChannel(whole.getChannelData(0).subarray(from, from + length), 0);
  return piece;
}
