import { magma } from "../colour/magma.ts";
import type { SpectrogramData } from "../contract.ts";
import { decodeBase64 } from "../payload.ts";
import { encodePng } from "../png/encodePng.ts";
import { frequencyTicks } from "../scale/mel.ts";
import { formatFixed, formatFrequency } from "../scale/numbers.ts";
import { drawColorBar } from "../scene/colorBar.ts";
import { partGap } from "../scene/frame.ts";
import { ink, line, type Mark, text, tickSize } from "../scene/scene.ts";

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** 80 dB in 64 steps of 1.25 dB: finer is hardly seen, and the PNG is a third smaller. */
const levels = 64;

/** Time to the right, mel bands upwards, magma; Hz labels on the left and the dB bar on the right. */
export function drawSpectrogram(data: SpectrogramData, durationSec: number, place: Place): Mark[] {
  const { left, top, width, height } = place;
  const png = spectrogramImage(data, durationSec, width);
  const marks: Mark[] = [{ kind: "image", x: left, y: top, width, height, png }];
  const style = { size: tickSize, anchor: "end", color: ink.quiet } as const;
  for (const { hz, y } of frequencyTicks(data.fMinHz, data.fMaxHz, data.melScale, height, 16)) {
    marks.push(line(left - 4, top + y, left, top + y));
    marks.push(text(left - 8, top + y + 4, formatFrequency(hz), style));
  }
  const span = data.dbMax - data.dbMin;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((position) => ({
    position,
    label: formatFixed(data.dbMin + position * span, 0),
  }));
  marks.push(
    ...drawColorBar({ name: "dB", scale: magma, ticks }, left + width + partGap, top, height),
  );
  return marks;
}

/** One column a px, each showing the frame nearest to its time; the frames' centres are `i · hopSec`. */
function spectrogramImage(data: SpectrogramData, durationSec: number, width: number): Uint8Array {
  const { nFrames, nMels, hopSec } = data;
  const bytes = decodeBase64(data.values);
  const indices = new Uint8Array(width * nMels);
  for (let x = 0; x < width; x++) {
    const sec = ((x + 0.5) / width) * durationSec;
    const frame = Math.max(0, Math.min(nFrames - 1, Math.round(sec / hopSec)));
    for (let mel = 0; mel < nMels; mel++) {
      const byte = bytes[frame * nMels + mel]!;
      indices[(nMels - 1 - mel) * width + x] = (byte * levels) >> 8;
    }
  }
  const palette = Array.from({ length: levels }, (_, i) => magma(i / (levels - 1)));
  return encodePng({ width, height: nMels, indices, palette: Uint8Array.from(palette.flat()) });
}
