import type { Failure } from "../foundation/errors.ts";
import { MulanError } from "../foundation/errors.ts";
import { fileOfExcerpt, filesByStem, likeliestFile } from "./audioset/videoFiles.ts";
import type { CaptionedDataset, CaptionedItem } from "./dataset.ts";
import { needColumn } from "./list/columns.ts";
import { walkCsv } from "./list/csv.ts";
import { missing } from "./list/foundAudio.ts";
import { decodeList, readListFile } from "./list/listFile.ts";
import { placeOf, rowFailure, shown, wrongColumn } from "./list/rowErrors.ts";
import { splitTexts } from "./list/texts.ts";

export interface MusicCapsOptions {
  /** Needed where there is audio; searched with all below it. Files are called by the video: YTID.wav, [YTID]-[30-40].wav, … */
  readonly audioFolder?: string;
  /** Keep items whose file is not there: embeddings made elsewhere need no sound. Default false. */
  readonly withoutAudio?: boolean;
  /** "balanced": is_balanced_subset; "eval": is_audioset_eval. Default "all". */
  readonly subset?: "all" | "balanced" | "eval";
  /** "caption" (default), or "aspects": the aspect list as one text, "slow, warm pads, no voice". */
  readonly texts?: "caption" | "aspects";
  /** "excerpts" (default): each file is the 10 seconds. "videos": they are cut from it. */
  readonly files?: "excerpts" | "videos";
}

const SUBSET_COLUMN = { balanced: "is_balanced_subset", eval: "is_audioset_eval" } as const;

/**
 * MusicCaps' CSV: ytid, start_s, end_s, aspect_list, caption, is_balanced_subset, is_audioset_eval.
 * @throws MulanError `dataset.file`, `dataset.header`, `dataset.csv`, `dataset.no-audio`
 */
export async function readMusicCaps(
  csv: string,
  options: MusicCapsOptions = {},
): Promise<CaptionedDataset> {
  const { subset = "all", texts = "caption", files = "excerpts" } = options;
  const list = await readListFile(csv);
  const { text, conventions } = decodeList(list);
  const onDisk = await filesByStem(options.audioFolder, options);
  const items = new Map<string, CaptionedItem>();
  const wrong: Failure[] = [];
  const lost: Failure[] = [];
  let header: readonly string[] = [];
  let column: Record<"ytid" | "start" | "end" | "text" | "subset", number>;
  const failures = walkCsv(text, {
    path: list.path,
    delimiter: ",",
    onHeader(names) {
      header = names;
      const need = (name: string) => needColumn(names, [name], list.path);
      column = {
        ytid: need("ytid"),
        start: need("start_s"),
        end: need("end_s"),
        text: need(texts === "caption" ? "caption" : "aspect_list"),
        subset: subset === "all" ? -1 : need(SUBSET_COLUMN[subset]),
      };
    },
    onRow(fields, line) {
      if (subset !== "all" && fields[column.subset]!.trim().toLowerCase() !== "true") return;
      const ytid = fields[column.ytid]!.trim();
      const [startSec, endSec] = [secondsOf(fields[column.start]!), secondsOf(fields[column.end]!)];
      const cell = fields[column.text]!;
      const caption = texts === "caption" ? cell.trim() : splitTexts(cell).join(", ");
      const problem = problemOf(ytid, startSec, endSec, caption);
      if (problem) {
        const at = column[problem.column];
        const got = shown(fields[at]);
        const { expected } = problem;
        wrong.push(rowFailure(list.path, line, wrongColumn(at, header[at]!), { expected, got }));
        return;
      }
      const path = fileOfExcerpt(onDisk, ytid, startSec, endSec) ?? likeliestFile(ytid, options);
      if (path === undefined) {
        lost.push(missing(ytid, placeOf(list.path, line)));
        return;
      }
      const id = `${ytid}_${startSec}`;
      const ref = { id, path, ...(files === "videos" && cutOf(startSec, endSec)) };
      const captions = [...(items.get(id)?.captions ?? []), caption];
      items.set(id, { ...ref, captions: [...new Set(captions)] });
    },
  });
  if (items.size === 0) {
    throw new MulanError("dataset.no-audio", "not one of its audio files is there", {
      subject: list.path,
      expected: `a file such as ${lost[0]?.source ?? "YTID"}.wav below ${options.audioFolder}`,
      got: `${onDisk.size} files called otherwise`,
    });
  }
  return {
    kind: "captioned",
    name: `MusicCaps${subset === "all" ? "" : ` (${subset})`}`,
    sha256: list.sha256,
    items: [...items.values()],
    conventions: [
      texts === "caption"
        ? "the caption is the text"
        : "the aspect list, joined by commas, is the text",
      subset === "all" ? "all rows" : `only rows with ${SUBSET_COLUMN[subset]}`,
      `${lost.length} rows without a file left out`,
      files === "excerpts" ? "files are the excerpts" : "excerpts are cut from whole videos",
      ...conventions,
    ],
    failures: [...failures, ...wrong, ...lost],
  };
}

function cutOf(startSec: number, endSec: number) {
  return { startSec, durationSec: endSec - startSec };
}

function problemOf(ytid: string, startSec: number, endSec: number, caption: string) {
  if (ytid === "") return { column: "ytid", expected: "the id of a video" } as const;
  if (!(startSec >= 0)) return { column: "start", expected: "seconds, 0 or more" } as const;
  if (!(endSec > startSec)) {
    return { column: "end", expected: `a time after ${startSec}` } as const;
  }
  return caption === "" ? ({ column: "text", expected: "some text" } as const) : undefined;
}

/** An empty cell is no 0. */
function secondsOf(cell: string): number {
  return cell.trim() === "" ? Number.NaN : Number(cell);
}
