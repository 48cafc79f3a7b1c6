import { decodeFloat16, type TimelineFigure } from "../contract.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatCosine, formatTime } from "../scale/numbers.ts";

const shownPrompts = 24;

/** One line a prompt: the whole clip's cosine, then its lowest and highest window and when that begins. */
export function plainTimeline(figure: TimelineFigure): string[] {
  const { prompts, scores, windows, startSec } = figure;
  const n = windows.startSec.length;
  if (prompts.length === 0 || n === 0) return [];
  const cosines = decodeFloat16(figure.cosines);
  const rows = prompts.slice(0, shownPrompts).map((prompt, i) => {
    const lane = cosines.subarray(i * n, (i + 1) * n);
    const top = lane.reduce((best, value, k) => (value > lane[best]! ? k : best), 0);
    const range = `${formatCosine(Math.min(...lane))} to ${formatCosine(lane[top]!)}`;
    const when = `highest from ${formatTime(startSec + windows.startSec[top]!)}`;
    return [shortenPlain(prompt, 40), formatCosine(scores[i]!), range, when];
  });
  const lines = textTable([["prompt", "clip", "windows", ""], ...rows]);
  const rest = prompts.length - shownPrompts;
  return rest > 0 ? [...lines, `… and ${countOf(rest, "more prompt")}`] : lines;
}
