import type { Progress } from "../mulan/foundation/ambient.ts";
import { printNote, showProgress } from "./console.ts";

/** Where nobody looks on (a log file), a line at most this often. */
const NOTE_EVERY_MS = 10_000;

/** Shows how far an evaluation has come: a line that is written over, or now and then a line in a log. */
export function progressTeller(of = ""): (progress: Progress) => void {
  let notedMs = performance.now();
  return (progress) => {
    const text = `${of}${progressText(progress)}`;
    if (process.stderr.isTTY) return showProgress(text);
    const nowMs = performance.now();
    if (nowMs - notedMs < NOTE_EVERY_MS) return;
    notedMs = nowMs;
    printNote(text);
  };
}

/** "embedding audio 120 of 20000 (35.2 a second, 9 min 25 s left)". */
export function progressText({ label, done, total, rate = 0 }: Progress): string {
  const text = `${label} ${done} of ${total}`;
  if (rate <= 0) return text;
  const left = done < total ? `, ${durationText((total - done) / rate)} left` : "";
  return `${text} (${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second${left})`;
}

export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
