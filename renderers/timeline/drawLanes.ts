import { decodeInt8, type TimelineFigure } from "../../kernel/mulan/figures/contract.ts";
import {
  formatCosine,
  type LaneRange,
  laneRange,
  timeTicks,
  windowMeans,
} from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import { type MeasureText, middleCut } from "../shared/look/middleCut.ts";
import { gridInk, type Theme } from "../shared/look/theme.ts";
import { laneY, type TimelineLayout, windowEdges } from "./layout.ts";
import { type Lane, lanesOf, type State } from "./state.ts";

/** What stands out: the keyboard's place, the window that sounds. */
export interface Marked {
  readonly cursor: { readonly lane: number; readonly window: number } | undefined;
  readonly playing: number | undefined;
  readonly selected: boolean;
}

/** The whole picture, from the waveform down to the time axis. */
export function timelineMarks(
  state: State,
  layout: TimelineLayout,
  theme: Theme,
  measure: MeasureText,
  marked: Marked,
): SVGElement[] {
  const { figure, cosines } = state;
  const range = laneRange(cosines, figure.scores);
  const nWindows = figure.windows.startSec.length;
  const means = windowMeans(cosines, figure.prompts.length, nWindows);
  return [
    ...(marked.playing === undefined ? [] : [playingBand(figure, layout, theme, marked.playing)]),
    ...waveMarks(figure, layout, theme, marked.selected),
    ...lanesOf(state).flatMap((lane, i) => [
      ...laneLabel(lane, i, layout, theme, measure),
      ...laneMarks(lane, layout.laneTops[i]!, figure, layout, range, means, theme),
    ]),
    ...timeMarks(figure, layout, theme),
    ...(marked.cursor ? [cursorMark(figure, layout, theme, marked.cursor)] : []),
  ];
}

function laneMarks(
  { cosines, score }: Lane,
  top: number,
  figure: TimelineFigure,
  layout: TimelineLayout,
  range: LaneRange,
  means: Float32Array | undefined,
  theme: Theme,
): SVGElement[] {
  const { strong, weak } = dataColors(theme);
  const { plotLeft, plotWidth } = layout;
  const right = plotLeft + plotWidth;
  const y = (value: number): number => laneY(layout, range, top, value);
  const bars: SVGElement[] = [];
  const edges: SVGElement[] = [];
  cosines.forEach((value, window) => {
    if (!Number.isFinite(value)) return;
    const [from, to] = windowEdges(figure, layout, window);
    const high = y(Math.max(0, value));
    const size = {
      width: Math.max(0.5, to - from - 1),
      height: Math.max(0.5, y(Math.min(0, value)) - high),
    };
    // High contrast has borders where other themes have fills.
    const look = theme.highContrast
      ? { fill: "none", stroke: weak }
      : { fill: weak, "fill-opacity": 0.6 };
    bars.push(svg("rect", { x: from, y: high, ...size, ...look }));
    const line = { x1: from, x2: Math.max(from + 0.5, to - 1) };
    edges.push(
      svg("line", { ...line, y1: y(value), y2: y(value), stroke: strong, "stroke-width": 2 }),
    );
    if (!means) return;
    const mean = y(means[window]!);
    edges.push(
      svg("line", { ...line, y1: mean, y2: mean, stroke: theme.quiet, "stroke-dasharray": "3 3" }),
    );
  });
  const whole = y(score);
  return [
    ...bars,
    svg("line", { x1: plotLeft, x2: right, y1: y(0), y2: y(0), stroke: gridInk(theme) }),
    ...edges,
    svg("line", { x1: plotLeft, x2: right, y1: whole, y2: whole, stroke: theme.foreground }),
    svg(
      "text",
      { x: right + 8, y: whole + 4, "font-size": 13, style: `fill: ${theme.foreground}` },
      formatCosine(score),
    ),
  ];
}

function laneLabel(
  { prompt }: Lane,
  index: number,
  { labelsAbove, labelWidth, laneTops, laneHeight }: TimelineLayout,
  theme: Theme,
  measure: MeasureText,
): SVGElement[] {
  const top = laneTops[index]!;
  const place = labelsAbove
    ? { x: 0, y: top - 6 }
    : { x: labelWidth, y: top + laneHeight / 2 + 4, "text-anchor": "end" };
  const text = middleCut(prompt, labelWidth, 13, measure);
  const style = `fill: ${theme.foreground}; pointer-events: auto`;
  return [
    svg(
      "text",
      { ...place, "font-size": 13, style, "data-lane": index },
      svg("title", {}, prompt),
      text,
    ),
  ];
}

function waveMarks(
  { waveform, prompts }: TimelineFigure,
  { plotLeft, plotWidth, waveHeight }: TimelineLayout,
  theme: Theme,
  selected: boolean,
): SVGElement[] {
  if (!waveform || waveHeight === 0 || prompts.length === 0) return [];
  const { n, peaks: encoded, peakLimit } = waveform;
  const peaks = decodeInt8(encoded, peakLimit);
  const middle = waveHeight / 2;
  const y = (value: number): string => (middle * (1 - value / peakLimit)).toFixed(1);
  const x = (i: number): string => (plotLeft + (i / Math.max(1, n - 1)) * plotWidth).toFixed(1);
  const there = Array.from({ length: n }, (_, i) => `${x(i)} ${y(peaks[2 * i + 1]!)}`);
  const back = Array.from({ length: n }, (_, i) => `${x(n - 1 - i)} ${y(peaks[2 * (n - 1 - i)]!)}`);
  const { strong } = dataColors(theme);
  const d = n > 0 ? `M${there.join("L")}L${back.join("L")}Z` : "";
  const frame = { x: plotLeft - 2, y: 0.5, width: plotWidth + 4, height: waveHeight - 1 };
  return [
    svg("path", { d, fill: strong, stroke: strong, "stroke-width": 0.5 }),
    ...(selected
      ? [svg("rect", { ...frame, fill: "none", stroke: theme.accent, "stroke-width": 2 })]
      : []),
  ];
}

function timeMarks(
  { startSec, durationSec }: TimelineFigure,
  { plotLeft, plotWidth, axisTop }: TimelineLayout,
  theme: Theme,
): SVGElement[] {
  const line = svg("line", {
    x1: plotLeft,
    x2: plotLeft + plotWidth,
    y1: axisTop,
    y2: axisTop,
    stroke: theme.quiet,
  });
  const ticks = timeTicks(startSec, durationSec, plotWidth).flatMap(({ value, label }) => {
    const x = plotLeft + ((value - startSec) / durationSec) * plotWidth;
    const anchor = x < 16 ? "start" : "middle";
    const style = `fill: ${theme.quiet}`;
    return [
      svg("line", { x1: x, x2: x, y1: axisTop, y2: axisTop + 4, stroke: theme.quiet }),
      svg("text", { x, y: axisTop + 16, "font-size": 11, "text-anchor": anchor, style }, label),
    ];
  });
  return [line, ...ticks];
}

/** The window that sounds, through waveform and lanes. */
function playingBand(
  figure: TimelineFigure,
  layout: TimelineLayout,
  theme: Theme,
  window: number,
): SVGElement {
  const [from, to] = windowEdges(figure, layout, window);
  const frame = { x: from, y: 0, width: to - from, height: layout.axisTop };
  const look = { fill: theme.focus, "fill-opacity": 0.14, stroke: theme.focus };
  return svg("rect", { ...frame, ...look });
}

function cursorMark(
  figure: TimelineFigure,
  layout: TimelineLayout,
  theme: Theme,
  { lane, window }: { readonly lane: number; readonly window: number },
): SVGElement {
  const [from, to] = windowEdges(figure, layout, window);
  const top = layout.laneTops[lane] ?? 0;
  const frame = { x: from - 1, y: top - 3, width: to - from + 1, height: layout.laneHeight + 6 };
  return svg("rect", { ...frame, rx: 2, fill: "none", stroke: theme.focus, "stroke-width": 2 });
}
