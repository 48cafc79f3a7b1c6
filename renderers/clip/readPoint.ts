import {
  type ClipFigure,
  decodeBase64,
  type SpectrogramData,
} from "../../kernel/mulan/figures/contract.ts";
import {
  formatFixed,
  formatFrequency,
  formatTime,
} from "../../kernel/mulan/figures/contractLook.ts";
import type { ClipView } from "./clipView.ts";
import { frequencyAxis } from "./frequencyAxis.ts";
import type { ClipLayout } from "./layout.ts";
import { bandAt } from "./spectrogramPixels.ts";

/** What the pointer rests on: "0:03.2 · 440 Hz · −23 dB". */
export function readPoint(
  figure: ClipFigure,
  spectrogram: SpectrogramData | null,
  view: ClipView,
  layout: ClipLayout,
  { sec, y }: { readonly sec: number; readonly y: number },
): string {
  const time = formatTime(figure.startSec + sec);
  const position = 1 - (y - layout.spectrogramTop) / layout.spectrogramHeight;
  if (!spectrogram || position < 0 || position > 1) return time;
  const axis = frequencyAxis(view.axis, spectrogram);
  const { nFrames, nMels, hopSec, dbMin, dbMax } = spectrogram;
  const frame = Math.max(0, Math.min(nFrames - 1, Math.round(sec / hopSec)));
  const value = byteAt(spectrogram, frame * nMels + bandAt(spectrogram, axis, position));
  const db = dbMin + ((dbMax - dbMin) * value) / 255;
  return `${time} · ${formatFrequency(axis.hzAt(position))} · ${formatFixed(db, 0)} dB`;
}

let last: { readonly values: string; readonly bytes: Uint8Array } | undefined;

/** Decoded once while the pointer stays on one figure. */
function byteAt({ values }: SpectrogramData, index: number): number {
  if (last?.values !== values) last = { values, bytes: decodeBase64(values) };
  return last.bytes[index] ?? 0;
}
