import { formatTime } from "./numbers.ts";
import { decimalsOf, niceStep } from "./ticks.ts";

const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200];

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Ticks of a time axis that is `widthPx` wide, about one in 80 px: "0:05", from 1 s down "0:00.2", then "4 ms". */
export function timeTicks(startSec: number, durationSec: number, widthPx: number): Tick[] {
  if (!(durationSec > 0)) return [{ value: startSec, label: formatTime(startSec, false) }];
  const wanted = durationSec / Math.max(1, Math.floor(widthPx / 80));
  const step = wanted > 0.5 ? clockStep(wanted) : niceStep(wanted);
  const first = Math.ceil(startSec / step - 1e-6);
  const last = Math.floor((startSec + durationSec) / step + 1e-6);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: timeLabel(value, step) };
  });
}

function clockStep(wanted: number): number {
  return clockSteps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

function timeLabel(sec: number, step: number): string {
  if (step >= 1) return formatTime(sec, false);
  if (step >= 0.1) return formatTime(sec);
  const ms = sec * 1000;
  const digits = decimalsOf(step * 1000);
  return sec < 1 ? `${ms.toFixed(digits)} ms` : `${sec.toFixed(digits + 3)} s`;
}
