import type { Items } from "../contract.ts";
import { countOf } from "../scale/numbers.ts";

const nouns = { audio: "clip", text: "prompt", unknown: "row" } as const;

/** "16 clips". */
export function countItems(items: Items, unknownNoun: string = nouns.unknown): string {
  const noun = items.modality === "unknown" ? unknownNoun : nouns[items.modality];
  return countOf(items.labels.length, noun);
}
