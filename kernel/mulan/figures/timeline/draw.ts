import { drawWaveform } from "../clip/drawWaveform.ts";
import { categoryColors } from "../colour/categories.ts";
import { decodeFloat16, type TimelineFigure } from "../contract.ts";
import { countOf, formatCosine } from "../scale/numbers.ts";
import { timeTicks } from "../scale/timeTicks.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing, partGap } from "../scene/frame.ts";
import { ink, line, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import { fitText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";
import { type LaneRange, laneRange, windowMeans } from "./lanes.ts";

const maxLabel = 168;
const plotWidth = 560;
const waveHeight = 64;
const laneHeight = 44;
const laneGap = 8;
const maxLanes = 24;
/** "amplitude" beside the waveform, the clip's cosine beside each lane. */
const rightRoom = 96;
const fill = "#c6dcec";

interface Lanes {
  readonly left: number;
  readonly range: LaneRange;
  x(sec: number): number;
}

/** The waveform over one lane a prompt; each bar is as wide as the window that it tells of. */
export function drawTimeline(figure: TimelineFigure): Drawing {
  const { prompts, windows, durationSec, startSec } = figure;
  const nWindows = windows.startSec.length;
  if (prompts.length === 0 || nWindows === 0 || !(durationSec > 0)) {
    return emptyDrawing(
      "There are no lanes: no prompts or no sound.",
      'await timeline(model, clips[0], ["drums", "quiet piano"])',
    );
  }
  const shown = prompts.slice(0, maxLanes);
  const cosines = decodeFloat16(figure.cosines);
  const means = windowMeans(cosines, prompts.length, nWindows);
  const widest = Math.max(...shown.map((prompt) => measureText(prompt, 13)));
  const labelRoom = Math.max(40, Math.ceil(Math.min(widest, maxLabel)) + 12);
  const left = drawingLeft + labelRoom;
  const lanes: Lanes = {
    left,
    range: laneRange(cosines, figure.scores),
    x: (sec) => left + (sec / durationSec) * plotWidth,
  };
  const marks: Mark[] = [];
  let y = drawingTop;
  if (figure.waveform && figure.waveform.n > 0) {
    marks.push(...drawWaveform(figure.waveform, left, y, plotWidth, waveHeight));
    y += waveHeight + partGap;
  }
  shown.forEach((prompt, i) => {
    const lane = cosines.subarray(i * nWindows, (i + 1) * nWindows);
    const label = fitText(prompt, maxLabel, 13);
    marks.push(text(left - 12, y + laneHeight / 2 + 4, label, { anchor: "end" }));
    marks.push(...drawLane(lanes, figure, lane, figure.scores[i]!, means, y));
    const score = formatCosine(figure.scores[i]!);
    marks.push(text(left + plotWidth + partGap, laneY(lanes, figure.scores[i]!, y) + 4, score));
    y += laneHeight + laneGap;
  });
  marks.push(line(left, y, left + plotWidth, y));
  for (const { value, label } of timeTicks(startSec, durationSec, plotWidth)) {
    const x = lanes.x(value - startSec);
    marks.push(line(x, y, x, y + 4));
    marks.push(text(x, y + 16, label, { size: tickSize, anchor: "middle", color: ink.quiet }));
  }
  y += 20;
  for (const note of notesOf(figure, shown.length, lanes.range, means !== undefined)) {
    y += 18;
    marks.push(text(drawingLeft, y - 2, note, { size: tickSize, color: ink.quiet }));
  }
  return { width: labelRoom + plotWidth + rightRoom, height: y - drawingTop, marks };
}

function drawLane(
  lanes: Lanes,
  { windows }: TimelineFigure,
  lane: Float32Array,
  score: number,
  means: Float32Array | undefined,
  top: number,
): Mark[] {
  const { left, x } = lanes;
  const y = (value: number): number => laneY(lanes, value, top);
  const bars: Mark[] = [];
  const edges: Mark[] = [];
  lane.forEach((value, window) => {
    if (!Number.isFinite(value)) return;
    const start = windows.startSec[window]!;
    const [from, to] = [x(start), x(start + windows.durationSec[window]!)];
    const [high, low] = [y(Math.max(0, value)), y(Math.min(0, value))];
    bars.push(rect(from, high, Math.max(0.5, to - from), Math.max(0.5, low - high), fill));
    edges.push(line(from, y(value), to, y(value), categoryColors[0], 2));
    if (means)
      edges.push(line(from, y(means[window]!), to, y(means[window]!), ink.quiet, 1, "3 3"));
  });
  const right = left + plotWidth;
  return [
    ...bars,
    line(left, y(0), right, y(0), ink.axis),
    ...edges,
    line(left, y(score), right, y(score), ink.text, 1),
  ];
}

function laneY({ range }: Lanes, value: number, top: number): number {
  return top + laneHeight * (1 - (value - range.low) / (range.high - range.low));
}

function notesOf(
  { prompts, windowSec }: TimelineFigure,
  nShown: number,
  { low, high }: LaneRange,
  hasMeans: boolean,
): string[] {
  const lanes = `lanes from ${formatCosine(low)} to ${formatCosine(high)}; bar: cosine with one window, as wide as the ${windowSec.toFixed(1)} s that it hears`;
  const lines = `black line and number: the whole clip${hasMeans ? "; dashed: mean of all prompts" : ""}`;
  const rest =
    prompts.length > nShown
      ? [`first ${nShown} of ${countOf(prompts.length, "prompt")} shown`]
      : [];
  return [lanes, [lines, ...rest].join("; ")];
}
