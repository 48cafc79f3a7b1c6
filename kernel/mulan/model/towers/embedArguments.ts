import { type Failure, MulanError } from "../../foundation/errors.ts";
import type { EmbeddableClip } from "./embedClips.ts";

/** @throws MulanError `argument.clips`, `embed.nothing`, `embed.all-failed` */
export function asClips(
  clips: EmbeddableClip | readonly EmbeddableClip[],
): readonly EmbeddableClip[] {
  const all: readonly unknown[] = Array.isArray(clips) ? clips : [clips];
  const odd = all.find((clip) => typeof (clip as EmbeddableClip | null)?.resampled !== "function");
  if (odd !== undefined || all.includes(undefined)) {
    throw new MulanError("argument.clips", "embedAudio takes clips", {
      expected: "what readAudio gives",
      got: typeof odd === "string" ? JSON.stringify(odd) : String(odd),
      remedy: "Write model.embedAudio(await readAudio(path))",
    });
  }
  if (all.length > 0) return all as readonly EmbeddableClip[];
  const failures = earlierFailures(clips);
  throw failures.length > 0 ? allFailed("clips", failures.length, failures) : nothing("clips");
}

/** @throws MulanError `argument.texts`, `embed.nothing` */
export function asTexts(texts: string | readonly string[]): readonly string[] {
  const all: readonly unknown[] = Array.isArray(texts) ? texts : [texts];
  const odd = all.findIndex((text) => typeof text !== "string");
  if (odd >= 0) {
    throw new MulanError("argument.texts", "embedText takes a text or a list of texts", {
      got: `${typeof all[odd]} at position ${odd}`,
    });
  }
  if (all.length === 0) throw nothing("texts");
  return all as readonly string[];
}

/** What readAudio could not list or open is part of the result's failures. */
export function earlierFailures(clips: unknown): readonly Failure[] {
  const { failures } = clips as { failures?: unknown };
  return Array.isArray(failures) ? (failures as readonly Failure[]) : [];
}

function nothing(what: string): MulanError {
  return new MulanError("embed.nothing", `there are no ${what} to embed`, {
    expected: "at least one",
    got: "an empty list",
  });
}

/** Of a single input its own error, of several one that tells the first reason. */
export function allFailed(what: string, n: number, failures: readonly Failure[]): MulanError {
  const first = failures[0]!.error;
  if (n === 1) return first;
  return new MulanError(
    "embed.all-failed",
    `none of the ${n} ${what} could be embedded; the first: ${first.message.replace(/\.$/, "")}`,
    {},
    { cause: first },
  );
}
