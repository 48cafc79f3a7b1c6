/** The part of a Clip that this room reads; audio's Clip is one. */
export interface ClipSource {
  readonly label: string;
  readonly path?: string | undefined;
  /** From the start of the file. */
  readonly startSec: number;
  readonly durationSec: number;
}

/** What a row was made of: a clip, or a text or path; undefined where a file did not say. */
export type EmbeddingSource = ClipSource | string | undefined;

export function isClipSource(source: unknown): source is ClipSource {
  return typeof source === "object" && source !== null && "label" in source && "startSec" in source;
}
