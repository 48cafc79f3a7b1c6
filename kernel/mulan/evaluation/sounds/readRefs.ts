import { resolve } from "node:path";
import type { Clip } from "../../audio/clip.ts";
import { readAudio } from "../../audio/readAudio.ts";
import type { AudioRef } from "../../datasets/dataset.ts";
import { type Failure, MulanError, toMulanError } from "../../foundation/errors.ts";
import { soundKey } from "./soundKey.ts";

export interface ReadRefs {
  /** By soundKey. */
  readonly clips: ReadonlyMap<string, Clip>;
  readonly failures: readonly Failure[];
}

/** Opens the files of some references, each file once, and cuts the excerpts out of them; nothing is decoded. */
export async function readRefs(
  refs: readonly AudioRef[],
  signal: AbortSignal | undefined,
): Promise<ReadRefs> {
  const paths = new Set(refs.map(({ path }) => resolve(path)));
  const files = await readAudio([...paths], { signal });
  const byPath = new Map(files.map((clip) => [clip.path, clip]));
  const reasons = new Map(files.failures.map(({ source, error }) => [resolve(source), error]));
  const clips = new Map<string, Clip>();
  const failures: Failure[] = [];
  for (const ref of refs) {
    try {
      const file = byPath.get(resolve(ref.path));
      if (!file) throw reasons.get(resolve(ref.path)) ?? notOneFile(ref.path);
      clips.set(soundKey(ref), isWhole(ref) ? file : file.excerpt(ref));
    } catch (error) {
      failures.push({ source: ref.path, error: toMulanError(error, "audio.unreadable") });
    }
  }
  return { clips, failures };
}

function isWhole({ startSec = 0, durationSec }: AudioRef): boolean {
  return startSec === 0 && durationSec === undefined;
}

/** readAudio takes folders and globs, too; a data set names files. */
function notOneFile(path: string): MulanError {
  return new MulanError("audio.not-a-file", "there is no such file", { subject: path });
}
