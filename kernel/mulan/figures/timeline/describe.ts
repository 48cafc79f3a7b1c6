import type { TimelineFigure } from "../contract.ts";
import { readingLabelWidth, shortenPlain } from "../plain/textTable.ts";
import { countOf, formatCosine, formatDuration, formatTime } from "../scale/numbers.ts";

type Described = Pick<
  TimelineFigure,
  "label" | "prompts" | "windows" | "windowSec" | "scores" | "startSec" | "durationSec"
>;

/** Title and reading line, the same when a value is drawn and when a person has typed a prompt. */
export function describeTimeline(
  figure: Described,
  cosines: Float32Array,
): Pick<TimelineFigure, "title" | "reading"> {
  const { label, prompts, windows, windowSec, durationSec } = figure;
  const nWindows = windows.startSec.length;
  const heard = countOf(nWindows, "window");
  return {
    title: `${countOf(prompts.length, "prompt")} along ${label} · ${formatDuration(durationSec)}, cosine with ${heard} of ${formatWindow(windowSec)}`,
    reading: readLanes(figure, cosines, nWindows),
  };
}

/** "3.0 s": a window is never said more exactly than it is long. */
export function formatWindow(sec: number): string {
  return `${sec.toFixed(1)} s`;
}

function readLanes(figure: Described, cosines: Float32Array, nWindows: number): string {
  const { prompts, scores, windows, startSec } = figure;
  if (prompts.length === 0 || nWindows === 0) return "nothing to draw";
  const short = (prompt: string): string => shortenPlain(prompt, readingLabelWidth);
  const best = scores.indexOf(Math.max(...scores));
  const whole = `whole clip: ${short(prompts[best]!)}, ${formatCosine(scores[best]!)}`;
  if (nWindows === 1) return `${whole}; one window hears it all`;
  const peak = cosines.reduce((top, value, i) => (value > cosines[top]! ? i : top), 0);
  const window = peak % nWindows;
  const from = startSec + windows.startSec[window]!;
  const where = `${formatTime(from)}–${formatTime(from + windows.durationSec[window]!)}`;
  const highest = `highest: ${short(prompts[Math.floor(peak / nWindows)]!)}, ${formatCosine(cosines[peak]!)} at ${where}`;
  return `${highest}; ${whole}`;
}
