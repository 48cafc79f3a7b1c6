import type { Items, ZeroShotFigure } from "../contract.ts";
import { countItems } from "../items/countItems.ts";
import { readingLabelWidth, shortenPlain } from "../plain/textTable.ts";
import { countOf, formatCosine } from "../scale/numbers.ts";
import { rankLabels } from "./rankLabels.ts";

/** Title and reading line, the same when a value is drawn and when a person has edited prompts or labels. */
export function describeZeroShot(
  clips: Items,
  labels: readonly string[],
  prompts: readonly string[],
  scores: Float32Array,
): Pick<ZeroShotFigure, "title" | "reading"> {
  return {
    title: `${countItems(clips)} × ${countOf(labels.length, "label")}, cosine${promptsInWords(prompts)}`,
    reading: readRankings(scores, clips.labels, labels),
  };
}

function promptsInWords(prompts: readonly string[]): string {
  if (prompts.length === 0) return "";
  if (prompts.length === 1) return `; prompt “${prompts[0]}”`;
  return `; mean of ${countOf(prompts.length, "prompt")}: “${prompts[0]}”, …`;
}

/** One clip: its best label and the lead over the next. Several: the clearest and the closest decision. */
function readRankings(
  scores: Float32Array,
  clips: readonly string[],
  labels: readonly string[],
): string {
  if (clips.length === 0 || labels.length === 0) return "nothing to rank";
  const short = (label: string): string => shortenPlain(label, readingLabelWidth);
  const decisions = clips.map((clip, i) => {
    const [first, second] = rankLabels(scores, i, labels.length);
    const lead = second ? first!.score - second.score : 0;
    const next = second && short(labels[second.index]!);
    return {
      clip: short(clip),
      best: short(labels[first!.index]!),
      score: first!.score,
      lead,
      next,
    };
  });
  const [only] = decisions;
  if (labels.length === 1) return `${only!.best}: ${formatCosine(only!.score)} for ${only!.clip}`;
  if (clips.length === 1) {
    return `best label: ${only!.best}, ${formatCosine(only!.score)}, ahead of ${only!.next} by ${formatCosine(only!.lead)}`;
  }
  const sorted = [...decisions].sort((a, b) => b.lead - a.lead);
  const clearest = sorted[0]!;
  const closest = sorted.at(-1)!;
  return (
    `clearest: ${clearest.clip} → ${clearest.best}, ${formatCosine(clearest.score)}, ahead by ${formatCosine(clearest.lead)}; ` +
    `closest call: ${closest.clip}, ${closest.best} ahead of ${closest.next} by ${formatCosine(closest.lead)}`
  );
}
