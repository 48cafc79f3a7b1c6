import type { Clip } from "../mulan/audio/clip.ts";
import type { Failure } from "../mulan/foundation/errors.ts";

/** Results go to stdout, one line each. */
export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Errors and notes go to stderr, each in one line. */
export function printNote(text: string): void {
  clearProgress();
  process.stderr.write(`${oneLine(text)}\n`);
}

export function printFailures(failures: readonly Failure[]): void {
  for (const { error } of failures) printNote(`mulan: ${error.message}`);
}

/** What is damaged in files that were read all the same: one line a file. */
export function printWarnings(clips: readonly Clip[]): void {
  for (const { path, label, warnings } of clips) {
    if (warnings.length === 0) continue;
    const more = warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : "";
    printNote(`mulan: warning: ${path ?? label}: ${warnings[0]}${more}`);
  }
}

let progressShown = false;

/** One line that is written over; only where a person is looking. */
export function showProgress(text: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\x1b[2K${oneLine(text).slice(0, (process.stderr.columns ?? 80) - 1)}`);
  progressShown = true;
}

export function clearProgress(): void {
  if (progressShown) process.stderr.write("\r\x1b[2K");
  progressShown = false;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " / ");
}
