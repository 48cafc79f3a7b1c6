import { hzToMel, type MelScale, melToHz } from "../../kernel/mulan/figures/contractLook.ts";

export const axisKinds = ["mel", "linear", "log"] as const;
export type AxisKind = (typeof axisKinds)[number];

/** How frequencies lie on a vertical axis; positions run from 0 (lowest) to 1. */
export interface FrequencyAxis {
  readonly kind: AxisKind;
  positionOf(hz: number): number;
  hzAt(position: number): number;
}

interface Band {
  readonly fMinHz: number;
  readonly fMaxHz: number;
  readonly melScale: MelScale;
}

/** A logarithm has no 0 Hz: such an axis begins here. */
const lowestLogHz = 30;

export function frequencyAxis(kind: AxisKind, { fMinHz, fMaxHz, melScale }: Band): FrequencyAxis {
  if (kind === "mel") {
    return between(
      kind,
      fMinHz,
      fMaxHz,
      (hz) => hzToMel(hz, melScale),
      (mel) => melToHz(mel, melScale),
    );
  }
  if (kind === "linear")
    return between(
      kind,
      fMinHz,
      fMaxHz,
      (hz) => hz,
      (hz) => hz,
    );
  return between(kind, Math.max(fMinHz, lowestLogHz), fMaxHz, Math.log, Math.exp);
}

function between(
  kind: AxisKind,
  lowHz: number,
  highHz: number,
  bend: (hz: number) => number,
  unbend: (value: number) => number,
): FrequencyAxis {
  const low = bend(lowHz);
  const span = bend(highHz) - low;
  return {
    kind,
    positionOf: (hz) => (bend(Math.max(hz, lowHz)) - low) / span,
    hzAt: (position) => unbend(low + position * span),
  };
}

/** Octaves of A and round kHz; the first ones win where room is scarce. */
const candidatesHz = [440, 2_200, 8_000, 110, 4_400, 1_100, 16_000, 220, 12_000, 20_000, 880, 0];

/** Frequencies to name, at least `gap` (share of the axis) apart, from low to high. */
export function frequencyTicks(
  axis: FrequencyAxis,
  gap: number,
): { hz: number; position: number }[] {
  const lowest = axis.hzAt(0) - 0.01;
  const highest = axis.hzAt(1) + 0.01;
  const ticks: { hz: number; position: number }[] = [];
  for (const hz of candidatesHz) {
    if (hz < lowest || hz > highest) continue;
    const position = axis.positionOf(hz);
    if (ticks.every((tick) => Math.abs(tick.position - position) >= gap))
      ticks.push({ hz, position });
  }
  return ticks.sort((a, b) => a.hz - b.hz);
}
