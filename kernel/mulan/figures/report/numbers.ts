import type { MeasureData } from "../contractReport.ts";
import { formatCount, formatFixed } from "../scale/numbers.ts";

/** Three decimals for a share, a rank as a count. */
export function formatMeasure(name: string, value: number): string {
  if (name !== "medianRank") return formatFixed(value, 3);
  return Number.isInteger(value) ? formatCount(value) : formatFixed(value, 1);
}

/** "0.771–0.793". */
export function formatInterval(name: string, [low, high]: readonly [number, number]): string {
  return `${formatMeasure(name, low)}–${formatMeasure(name, high)}`;
}

/** "0.782 (95 % interval 0.771–0.793)". */
export function measureInWords(
  { name, value, interval }: Pick<MeasureData, "value" | "interval"> & { readonly name: string },
  short = false,
): string {
  const shown = formatMeasure(name, value);
  if (!interval || interval[0] === interval[1]) return shown;
  return `${shown} (${short ? "" : "95 % interval "}${formatInterval(name, interval)})`;
}

/** "+0.012", "−0.003". */
export function formatDifference(name: string, value: number): string {
  const text = formatMeasure(name, value);
  return value > 0 ? `+${text}` : text;
}
