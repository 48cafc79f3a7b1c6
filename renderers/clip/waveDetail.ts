import { decodeInt8, type WaveformData } from "../../kernel/mulan/figures/contract.ts";
import { html } from "../shared/dom.ts";

export interface WaveDetail {
  readonly waveform: WaveformData;
  readonly startSec: number;
  readonly durationSec: number;
}

export interface WaveLook {
  readonly color: string;
  readonly ground: string;
  /** Amplitude at the edge. */
  readonly limit: number;
}

/** A piece of waveform finer than the figure's own, drawn over it. */
export interface WaveDetailLayer {
  readonly element: HTMLElement;
  draw(detail: WaveDetail | undefined, look: WaveLook, durationSec: number, px: PieceSize): void;
}

interface PieceSize {
  readonly width: number;
  readonly height: number;
}

export function createWaveDetailLayer(): WaveDetailLayer {
  const element = html("div", { class: "layer wave-detail" });
  return {
    element,
    draw(detail, look, durationSec, { width, height }) {
      if (!detail) {
        element.replaceChildren();
        return;
      }
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
      canvas.style.left = `${(100 * detail.startSec) / durationSec}%`;
      canvas.style.width = `${(100 * detail.durationSec) / durationSec}%`;
      const context = canvas.getContext("2d");
      if (context) paint(context, detail.waveform, look);
      element.replaceChildren(canvas);
    },
  };
}

function paint(
  context: CanvasRenderingContext2D,
  waveform: WaveformData,
  { color, ground, limit }: WaveLook,
): void {
  const { width, height } = context.canvas;
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = devicePixelRatio;
  const peaks = decodeInt8(waveform.peaks, waveform.peakLimit);
  const y = (value: number): number => (height / 2) * (1 - value / limit);
  const { n } = waveform;
  if (n <= width / 2) {
    // Single samples: what lies between them is joined.
    context.beginPath();
    for (let i = 0; i < n; i++) context.lineTo((i / (n - 1 || 1)) * width, y(peaks[2 * i]!));
    context.stroke();
    return;
  }
  for (let i = 0; i < n; i++) {
    const top = y(peaks[2 * i + 1]!);
    const thickness = Math.max(1, y(peaks[2 * i]!) - top);
    context.fillRect((i / n) * width, top, Math.max(1, width / n), thickness);
  }
}
