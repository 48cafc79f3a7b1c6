import type { Items, MapFigure } from "../contract.ts";

/**
 * Of a mixture, 1 for each row `[n]` that is no clip: a text, as a rule. Undefined where all rows are of one kind.
 * Discs are clips, diamonds are these.
 */
export function silentRows({ modality, clips = [] }: Items): Uint8Array | undefined {
  if (modality !== "unknown" || clips.every((clip) => clip === null)) return undefined;
  const silent = Uint8Array.from(clips, (clip) => (clip === null ? 1 : 0));
  return silent.includes(1) ? silent : undefined;
}

/** What discs and diamonds of a mixture are. */
export function kindNames({ others }: Pick<MapFigure, "others">): readonly [string, string] {
  return ["clips", others ?? "rows without sound"];
}
