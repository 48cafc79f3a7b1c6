export type MelScale = "htk" | "slaney" | "kaldi";

/** Mel of a frequency: HTK and Kaldi share 1127·ln(1 + f/700); Slaney is linear to 1 kHz, then logarithmic. */
export function hzToMel(hz: number, scale: MelScale): number {
  if (scale !== "slaney") return 1127 * Math.log(1 + hz / 700);
  return hz < 1000 ? (3 * hz) / 200 : 15 + (27 * Math.log(hz / 1000)) / Math.log(6.4);
}

export function melToHz(mel: number, scale: MelScale): number {
  if (scale !== "slaney") return 700 * (Math.exp(mel / 1127) - 1);
  return mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp(((mel - 15) * Math.log(6.4)) / 27);
}

/** Frequencies to name on the axis, from octaves of A and round kHz. */
const candidatesHz = [20_000, 16_000, 12_000, 8_000, 4_400, 2_200, 1_100, 440, 110, 0];

/** Labelled frequencies inside the range, lowest first, at least `gapPx` apart on an axis of `heightPx`. */
export function frequencyTicks(
  fMinHz: number,
  fMaxHz: number,
  scale: MelScale,
  heightPx: number,
  gapPx: number,
): { hz: number; y: number }[] {
  const low = hzToMel(fMinHz, scale);
  const high = hzToMel(fMaxHz, scale);
  const ticks: { hz: number; y: number }[] = [];
  for (const hz of [...candidatesHz].reverse()) {
    if (hz < fMinHz || hz > fMaxHz) continue;
    const y = heightPx * (1 - (hzToMel(hz, scale) - low) / (high - low));
    const previous = ticks.at(-1);
    if (!previous || previous.y - y >= gapPx) ticks.push({ hz, y });
  }
  return ticks;
}
