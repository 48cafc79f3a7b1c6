import type { ClipFigure } from "../contract.ts";
import { timeTicks } from "../scale/timeTicks.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing, partGap } from "../scene/frame.ts";
import { ink, line, type Mark, text, tickSize } from "../scene/scene.ts";
import { drawSpectrogram } from "./drawSpectrogram.ts";
import { drawWaveform } from "./drawWaveform.ts";

/** Room for "2.2 kHz" on the left and the colour bar or axis name on the right. */
const leftRoom = 56;
const rightRoom = 88;
/** 640 px hold the 640 frames of a reduced spectrogram at exactly two device pixels each. */
const plotWidth = 640;
const waveformHeight = 96;
const spectrogramHeight = 192;

/** Waveform over spectrogram (or one of them) above one time axis. */
export function drawClip(figure: ClipFigure): Drawing {
  const { waveform, spectrogram, startSec, durationSec } = figure;
  if (!(durationSec > 0) || (waveform && waveform.n === 0) || (!waveform && !spectrogram)) {
    return emptyDrawing("This clip holds no sound.", 'const clips = await readAudio("folder")');
  }
  const left = drawingLeft + leftRoom;
  const marks: Mark[] = [];
  let y = drawingTop;
  if (waveform) {
    const height = spectrogram ? waveformHeight : waveformHeight + 32;
    marks.push(...drawWaveform(waveform, left, y, plotWidth, height));
    y += height + (spectrogram ? partGap : 0);
  }
  if (spectrogram) {
    const place = { left, top: y, width: plotWidth, height: spectrogramHeight };
    marks.push(...drawSpectrogram(spectrogram, durationSec, place));
    y += spectrogramHeight;
  }
  marks.push(line(left, y, left + plotWidth, y));
  for (const { value, label } of timeTicks(startSec, durationSec, plotWidth)) {
    const x = left + ((value - startSec) / durationSec) * plotWidth;
    marks.push(line(x, y, x, y + 4));
    marks.push(text(x, y + 16, label, { size: tickSize, anchor: "middle", color: ink.quiet }));
  }
  const unit = { size: tickSize, color: ink.quiet };
  marks.push(text(left + plotWidth + partGap + 20, y + 16, "time", unit));
  return { width: leftRoom + plotWidth + rightRoom, height: y + 20 - drawingTop, marks };
}
