import { categoryColors } from "../colour/categories.ts";
import { decodeInt8, type WaveformData } from "../contract.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceStep } from "../scale/ticks.ts";
import { partGap } from "../scene/frame.ts";
import { ink, line, type Mark, text, tickSize } from "../scene/scene.ts";

/** Half a device pixel: a silent stretch is still a line. */
const minThickness = 0.5;

/** The band between the lowest and the highest sample of each piece, on an amplitude axis (1 = full scale). */
export function drawWaveform(
  waveform: WaveformData,
  left: number,
  top: number,
  width: number,
  height: number,
): Mark[] {
  const { n, peakLimit } = waveform;
  const peaks = decodeInt8(waveform.peaks, peakLimit);
  const limit = axisLimit(waveform.peakDb === null ? 0 : peakLimit);
  const middle = top + height / 2;
  const y = (value: number): number => middle - (value / limit) * (height / 2);
  const marks: Mark[] = [];
  const digits = decimalsOf(limit);
  for (const value of [limit, 0, -limit]) {
    marks.push(line(left, y(value), left + width, y(value), ink.grid));
    const style = { size: tickSize, anchor: "end", color: ink.quiet } as const;
    marks.push(text(left - 8, y(value) + 4, formatFixed(value, digits), style));
  }
  const columns = Math.floor(width);
  const color = categoryColors[0];
  if (n === 1) marks.push({ kind: "circle", x: left, y: y(peaks[0]!), radius: 2, fill: color });
  else if (n <= columns) marks.push(lineThrough(peaks, left, width / (n - 1), y, color));
  else marks.push(bars(peaks, left, columns, y, color));
  const name = { size: tickSize, color: ink.quiet };
  marks.push(text(left + width + partGap, top + 10, "amplitude", name));
  marks.push(text(left + width + partGap, top + 26, "1 = full scale", name));
  return marks;
}

/** Fewer samples than px: what lies between them is joined. */
function lineThrough(
  peaks: Float32Array,
  left: number,
  step: number,
  y: (value: number) => number,
  color: string,
): Mark {
  const points = Array.from({ length: peaks.length / 2 }, (_, i) => {
    const high = round(y(peaks[2 * i + 1]!));
    const low = round(y(peaks[2 * i]!));
    const x = round(left + i * step);
    return low - high > minThickness ? `${x} ${high}L${x} ${low}` : `${x} ${high}`;
  });
  return { kind: "path", d: `M${points.join("L")}`, fill: "none", stroke: color };
}

/** One bar a px from its lowest to its highest sample. */
function bars(
  peaks: Float32Array,
  left: number,
  columns: number,
  y: (value: number) => number,
  color: string,
): Mark {
  const n = peaks.length / 2;
  let d = "";
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * n) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * n) / columns));
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i++) {
      low = Math.min(low, peaks[2 * i]!);
      high = Math.max(high, peaks[2 * i + 1]!);
    }
    const top = Math.round(2 * y(high)) / 2;
    const height = Math.max(minThickness, Math.round(2 * y(low)) / 2 - top);
    d += `M${left + column} ${top}h1v${height}h-1z`;
  }
  return { kind: "path", d, fill: color, crisp: true };
}

/** 1 for usual levels and for silence; for quiet clips the next of 1, 2, 5 × 10^k above the peak. */
function axisLimit(peak: number): number {
  return peak === 0 || (peak > 0.5 && peak <= 1) ? 1 : niceStep(peak);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
