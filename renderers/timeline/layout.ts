import type { TimelineFigure } from "../../kernel/mulan/figures/contract.ts";
import type { LaneRange } from "../../kernel/mulan/figures/contractLook.ts";

export interface TimelineLayout {
  readonly width: number;
  readonly height: number;
  /** Labels stand above their lanes where there is no room beside them. */
  readonly labelsAbove: boolean;
  readonly labelWidth: number;
  readonly plotLeft: number;
  readonly plotWidth: number;
  readonly waveTop: number;
  readonly waveHeight: number;
  /** Tops of the lanes' plots. */
  readonly laneTops: readonly number[];
  readonly laneHeight: number;
  readonly axisTop: number;
}

const narrowPx = 560;
const gap = 12;
const aboveHeight = 18;
export const axisHeight = 24;

/** @param widestLabel in px */
export function layoutTimeline(
  width: number,
  nLanes: number,
  hasWaveform: boolean,
  widestLabel: number,
): TimelineLayout {
  const labelsAbove = width < narrowPx;
  const scoreRoom = 48;
  const labelWidth = labelsAbove
    ? width - scoreRoom
    : Math.min(Math.max(56, Math.ceil(widestLabel)), Math.floor(width * 0.28));
  const plotLeft = labelsAbove ? 0 : labelWidth + gap;
  const waveHeight = hasWaveform ? 48 : 0;
  const laneHeight = labelsAbove ? 36 : 44;
  let y = waveHeight + (hasWaveform ? gap : 0);
  const laneTops = Array.from({ length: nLanes }, () => {
    const top = y + (labelsAbove ? aboveHeight : 0);
    y = top + laneHeight + 8;
    return top;
  });
  return {
    width,
    height: y + axisHeight,
    labelsAbove,
    labelWidth,
    plotLeft,
    plotWidth: Math.max(80, width - plotLeft - scoreRoom),
    waveTop: 0,
    waveHeight,
    laneTops,
    laneHeight,
    axisTop: y,
  };
}

/** Left and right edge of a window in px. */
export function windowEdges(
  { windows, durationSec }: Pick<TimelineFigure, "windows" | "durationSec">,
  { plotLeft, plotWidth }: TimelineLayout,
  window: number,
): readonly [number, number] {
  const from = windows.startSec[window]!;
  const to = Math.min(durationSec, from + windows.durationSec[window]!);
  const x = (sec: number): number => plotLeft + (sec / durationSec) * plotWidth;
  return [x(from), x(to)];
}

/** Y of a cosine inside a lane. */
export function laneY(
  { laneHeight }: TimelineLayout,
  { low, high }: LaneRange,
  top: number,
  cosine: number,
): number {
  return top + laneHeight * (1 - (cosine - low) / (high - low));
}

/** Where the pointer is; in overlaps the window whose middle is nearest. */
export function placeAt(
  figure: Pick<TimelineFigure, "windows" | "durationSec">,
  layout: TimelineLayout,
  x: number,
  y: number,
):
  | { readonly lane: number | undefined; readonly window: number; readonly sec: number }
  | undefined {
  const { plotLeft, plotWidth, laneTops, laneHeight } = layout;
  const sec = ((x - plotLeft) / plotWidth) * figure.durationSec;
  if (sec < 0 || sec > figure.durationSec) return undefined;
  const { startSec, durationSec } = figure.windows;
  let window = -1;
  let nearest = Number.POSITIVE_INFINITY;
  startSec.forEach((start, i) => {
    if (sec < start || sec > start + durationSec[i]!) return;
    const distance = Math.abs(sec - start - durationSec[i]! / 2);
    if (distance < nearest) {
      window = i;
      nearest = distance;
    }
  });
  if (window < 0) return undefined;
  const lane = laneTops.findIndex((top) => y >= top - 4 && y < top + laneHeight + 4);
  return { lane: lane < 0 ? undefined : lane, window, sec };
}
