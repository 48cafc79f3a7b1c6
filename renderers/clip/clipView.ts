import type { ColourMapName } from "./colourMaps.ts";
import type { AxisKind } from "./frequencyAxis.ts";

/** What a person has set on one figure. */
export interface ClipView {
  axis: AxisKind;
  colours: ColourMapName;
  /** Colours begin this far below the loudest cell. */
  rangeDb: number;
  /** The waveform is drawn this many times as high. */
  gain: number;
  rate: number;
  loop: boolean;
  /** The model's own mel bands instead of the clip's. */
  asModel: boolean;
}

export const usualView: Readonly<ClipView> = {
  axis: "mel",
  colours: "magma",
  rangeDb: 80,
  gain: 1,
  rate: 1,
  loop: false,
  asModel: false,
};

export const rates = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The next speed up or down; stays at the ends. */
export function stepRate(rate: number, step: 1 | -1): number {
  const at = rates.findIndex((each) => each >= rate - 1e-6);
  return rates[Math.min(rates.length - 1, Math.max(0, at + step))]!;
}
