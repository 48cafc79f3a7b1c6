import { createHash } from "node:crypto";
import type { ClipSource } from "../../embedding/source.ts";
import type { ClipId } from "../contract.ts";

/** The engine's own table of clips gives the ids; without one they are hashes that name nothing to anybody. */
export type ClipNamer = (clip: ClipSource) => ClipId;

/** The same excerpt of the same file has the same id; a path cannot be read from it. */
export function defaultClipId(clip: ClipSource): ClipId {
  const { path, label, startSec, durationSec } = clip;
  const identity = JSON.stringify([path ?? null, path ? "" : label, startSec, durationSec]);
  return `clip-${createHash("sha256").update(identity).digest("hex").slice(0, 16)}`;
}
