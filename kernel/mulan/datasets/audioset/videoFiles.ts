import { resolve } from "node:path";
import { listFiles } from "../../audio/listFiles.ts";
import { MulanError } from "../../foundation/errors.ts";

/** The audio files below a folder by what comes before their ending. */
export type FilesByStem = ReadonlyMap<string, string>;

/** @throws MulanError `dataset.no-audio` */
export async function filesByStem(
  folder: string | undefined,
  { withoutAudio = false }: { readonly withoutAudio?: boolean | undefined } = {},
): Promise<FilesByStem> {
  if (folder === undefined) {
    if (withoutAudio) return new Map();
    throw new MulanError("dataset.no-audio", "it is not said where the audio files are", {
      expected: "{ audioFolder } of the clips",
    });
  }
  const { paths, failures } = await listFiles([folder], process.cwd());
  if (paths.length === 0 && !withoutAudio) {
    throw new MulanError(
      "dataset.no-audio",
      "the folder holds no audio file",
      { subject: resolve(folder), remedy: "Pass { audioFolder } of the clips" },
      { cause: failures[0]?.error },
    );
  }
  const stems = new Map<string, string>();
  for (const path of paths) {
    const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
    const stem = name.replace(/\.[^.]+$/, "");
    if (!stems.has(stem)) stems.set(stem, path);
  }
  return stems;
}

/**
 * A YouTube excerpt by the names that downloaders give it: YTID, YYTID, YTID_30, YTID_30.000, YTID_30000 (ms), those
 * with the end behind (YTID_30_40), and [YTID]-[30-40].
 */
export function fileOfExcerpt(
  files: FilesByStem,
  ytid: string,
  startSec: number,
  endSec: number,
): string | undefined {
  for (const name of namesOf(ytid, startSec, endSec)) {
    const path = files.get(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

const SECONDS: readonly ((sec: number) => string)[] = [
  (sec) => String(sec),
  (sec) => sec.toFixed(1),
  (sec) => sec.toFixed(3),
  (sec) => String(Math.round(sec * 1000)),
  (sec) => sec.toFixed(3).padStart(7, "0"),
];

/** An excerpt's own name before the video's, which several excerpts may share. */
function* namesOf(ytid: string, startSec: number, endSec: number): Generator<string> {
  for (const said of SECONDS) {
    const [start, end] = [said(startSec), said(endSec)];
    yield `${ytid}_${start}`;
    yield `${ytid}_${start}_${end}`;
    yield `[${ytid}]-[${start}-${end}]`;
  }
  yield ytid;
  yield `Y${ytid}`;
}

/** Where the file of a video would be, for a list that is kept without audio. */
export function likeliestFile(
  ytid: string,
  {
    audioFolder = ".",
    withoutAudio,
  }: { readonly audioFolder?: string; readonly withoutAudio?: boolean },
): string | undefined {
  return withoutAudio ? resolve(audioFolder, `${ytid}.wav`) : undefined;
}
