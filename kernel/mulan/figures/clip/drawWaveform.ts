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
  const x = (i: number): number => left + (n > 1 ? (i / (n - 1)) * width : width / 2);
  const marks: Mark[] = [];
  const digits = decimalsOf(limit);
  for (const value of [limit, 0, -limit]) {
    marks.push(line(left, y(value), left + width, y(value), ink.grid));
    const style = { size: tickSize, anchor: "end", color: ink.quiet } as const;
    marks.push(text(left - 8, y(value) + 4, formatFixed(value, digits), style));
  }
  const upper: string[] = [];
  const lower: string[] = [];
  for (let i = 0; i < n; i++) {
    const high = y(peaks[2 * i + 1]!);
    const low = y(peaks[2 * i]!);
    const thin = Math.max(0, minThickness - (low - high)) / 2;
    upper.push(`${round(x(i))} ${round(high - thin)}`);
    lower.push(`${round(x(i))} ${round(low + thin)}`);
  }
  const outline = `M${upper.join("L")}L${lower.reverse().join("L")}Z`;
  const color = categoryColors[0];
  if (n > 1) marks.push({ kind: "path", d: outline, fill: color, stroke: color, width: 0.5 });
  else marks.push({ kind: "circle", x: x(0), y: y(peaks[0]!), radius: 2, fill: color });
  const name = { size: tickSize, color: ink.quiet };
  marks.push(text(left + width + partGap, top + 10, "amplitude", name));
  marks.push(text(left + width + partGap, top + 26, "1 = full scale", name));
  return marks;
}

/** 1 for usual levels and for silence; for quiet clips the next of 1, 2, 5 × 10^k above the peak. */
function axisLimit(peak: number): number {
  return peak === 0 || (peak > 0.5 && peak <= 1) ? 1 : niceStep(peak);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
