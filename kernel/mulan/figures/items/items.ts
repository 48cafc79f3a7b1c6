import type { ClipSource, EmbeddingSource } from "../../embedding/source.ts";
import { isClipSource } from "../../embedding/source.ts";
import type { Items } from "../contract.ts";
import { cleanText } from "../text/cleanText.ts";
import { type ClipNamer, defaultClipId } from "./clipId.ts";

export type Modality = Items["modality"];

/** Cleaned labels and, for clips, the ids by which a renderer may ask for their sound. */
export function makeItems(
  labels: readonly string[],
  modality: Modality,
  sources: readonly EmbeddingSource[] = [],
  nameClip: ClipNamer = defaultClipId,
): Items {
  const cleaned = labels.map((label, i) => cleanText(label) || `(${i + 1})`);
  const clips = labels.map((_, i) => {
    const source: EmbeddingSource = sources[i];
    return isClipSource(source) ? nameClip(source satisfies ClipSource) : null;
  });
  const anyClip = clips.some((clip) => clip !== null);
  return { labels: cleaned, modality, ...(anyClip && { clips }) };
}
