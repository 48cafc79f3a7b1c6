import { type ClipId, decodeBase64 } from "../../../kernel/mulan/figures/contract.ts";
import type { AudioPiece } from "../../../kernel/mulan/figures/contractLive.ts";
import type { KernelLink } from "../kernel/kernelLink.ts";
import { onePerPage } from "../kernel/onePerPage.ts";
import type { PieceSource } from "./player.ts";
import { firstPieceSec, overlapSec } from "./playPieces.ts";

const maxBytes = 64 * 2 ** 20;

/** Pieces that were heard or are about to be: a click on what the pointer rests on sounds at once. */
interface PieceStore {
  readonly pieces: Map<string, Promise<AudioBuffer>>;
  readonly bytes: Map<string, number>;
}

/** A clip's original channels from the engine, piece by piece. */
export function enginePieces(link: KernelLink, clip: ClipId): PieceSource {
  const store = onePerPage("pieces", (): PieceStore => ({ pieces: new Map(), bytes: new Map() }));
  // A piece that is on its way is kept even when its first listener has gone: the next one is likely here.
  return (startSec, durationSec) => {
    const { engine } = link.kernel.value;
    const key = `${engine} ${clip} ${startSec.toFixed(3)} ${durationSec.toFixed(3)}`;
    const found = store.pieces.get(key);
    if (found) {
      // The latest stands last, the first one is forgotten first.
      store.pieces.delete(key);
      store.pieces.set(key, found);
      return found;
    }
    const piece = link.ask("audio", { clip, startSec, durationSec }).then(toBuffer);
    store.pieces.set(key, piece);
    piece.then(
      (buffer) => {
        store.bytes.set(key, buffer.length * buffer.numberOfChannels * 4);
        forgetOldest(store);
      },
      () => store.pieces.delete(key),
    );
    return piece;
  };
}

/** What the pointer only passes over is not fetched. */
const dwellMs = 60;
let dwelling = 0;

/** Fetches what a click would need first, once the pointer or the keys rest on a clip. */
export function prepareSound(link: KernelLink, clip: ClipId, startSec = 0): void {
  clearTimeout(dwelling);
  dwelling = setTimeout(() => {
    const { signal } = new AbortController();
    const source = enginePieces(link, clip);
    source(startSec, firstPieceSec + overlapSec, signal).catch(() => {});
  }, dwellMs);
}

/** int16 channels as a buffer that WebAudio plays; it needs no AudioContext. */
export function toBuffer({ channels, sampleRateHz, limit }: AudioPiece): AudioBuffer {
  const decoded = channels.map((channel) => {
    const bytes = decodeBase64(channel);
    return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
  });
  const length = Math.max(1, decoded[0]?.length ?? 0);
  const buffer = new AudioBuffer({
    length,
    numberOfChannels: Math.max(1, decoded.length),
    sampleRate: sampleRateHz,
  });
  decoded.forEach((samples, i) => {
    const channel = buffer.getChannelData(i);
    const scale = limit / 32767;
    for (let at = 0; at < samples.length; at++) channel[at] = samples[at]! * scale;
  });
  return buffer;
}

function forgetOldest({ pieces, bytes }: PieceStore): void {
  let total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  for (const key of pieces.keys()) {
    if (total <= maxBytes) return;
    total -= bytes.get(key) ?? 0;
    bytes.delete(key);
    pieces.delete(key);
  }
}
