/** Px of the parts of a clip figure, from top to bottom inside the scrolled area. */
export interface ClipLayout {
  readonly width: number;
  /** Room for "0.05" and "12 kHz". */
  readonly leftGutter: number;
  /** Room for the colour bar and its ticks. */
  readonly rightGutter: number;
  readonly plotWidth: number;
  readonly waveTop: number;
  readonly waveHeight: number;
  readonly spectrogramTop: number;
  readonly spectrogramHeight: number;
  readonly windowsTop: number;
  readonly axisTop: number;
  /** Up to the end of the time axis. */
  readonly height: number;
}

const gap = 12;
export const windowsHeight = 16;
export const axisHeight = 20;

/** Windows, if a model is there to cut them, get their room at once: nothing moves when they come. */
export function clipLayout(
  width: number,
  has: { readonly waveform: boolean; readonly spectrogram: boolean },
): ClipLayout {
  const narrow = width < 560;
  const leftGutter = narrow ? 44 : 52;
  const rightGutter = has.spectrogram ? (narrow ? 48 : 56) : 12;
  const waveHeight = has.waveform ? (has.spectrogram ? 96 : 144) : 0;
  const spectrogramTop = waveHeight + (has.waveform && has.spectrogram ? gap : 0);
  const spectrogramHeight = has.spectrogram ? (narrow ? 160 : 192) : 0;
  const windowsTop = spectrogramTop + spectrogramHeight + 4;
  const axisTop = windowsTop + windowsHeight;
  return {
    width,
    leftGutter,
    rightGutter,
    plotWidth: Math.max(80, width - leftGutter - rightGutter),
    waveTop: 0,
    waveHeight,
    spectrogramTop,
    spectrogramHeight,
    windowsTop,
    axisTop,
    height: axisTop + axisHeight,
  };
}

/** 1 for usual levels and for silence; for quiet clips the next of 1, 2, 5 × 10^k above the peak. */
export function amplitudeLimit(peak: number, niceStep: (wanted: number) => number): number {
  return peak === 0 || (peak > 0.5 && peak <= 1) ? 1 : niceStep(peak);
}

/** Rows for windows that overlap, at most `maxRows`: a window goes to the first row that is free. */
export function windowRows(
  startSec: readonly number[],
  durationSec: readonly number[],
  maxRows = 2,
): number[] {
  const freeFrom: number[] = [];
  return startSec.map((start, i) => {
    let row = freeFrom.findIndex((end) => start >= end - 1e-6);
    if (row < 0) row = freeFrom.length < maxRows ? freeFrom.length : i % maxRows;
    freeFrom[row] = start + durationSec[i]!;
    return row;
  });
}
