import { stat } from "node:fs/promises";
import { dirname, join, posix, resolve } from "node:path";
import { type Failure, MulanError } from "../foundation/errors.ts";
import type { Split, TaggedDataset, TaggedItem } from "./dataset.ts";
import { needColumn } from "./list/columns.ts";
import { walkCsv } from "./list/csv.ts";
import { keepFound, type Wanted } from "./list/foundAudio.ts";
import { decodeList, readListFile } from "./list/listFile.ts";
import { placeOf, rowFailure, shown, wrongColumn } from "./list/rowErrors.ts";

export interface MagnaTagATuneOptions {
  /** Where the clip folders 0 to f are; the CSV's own folder when left out. */
  readonly audioFolder?: string;
  /** Only this part; all three when left out. */
  readonly split?: Split;
  /** How many of the most frequent tags are the labels. Default 50; 188 takes all. */
  readonly topTags?: number;
  /**
   * Keep the clips of one recording together, by the names of their files without the seconds at the end. Default: every
   * clip stands alone, as in the articles.
   */
  readonly group?: "recording";
  /** Keep items whose file is not there: embeddings made elsewhere need no sound. Default false. */
  readonly withoutAudio?: boolean;
}

const ANNOTATIONS = "annotations_final.csv";
/** Their MP3 files are empty. */
const CORRUPT: ReadonlySet<string> = new Set(["35644", "55753", "57881"]);
const SPLIT_OF_FOLDER: Readonly<Record<string, Split>> = Object.fromEntries(
  [..."0123456789abcdef"].map((folder, i) => [
    folder,
    i < 12 ? "train" : i < 13 ? "validation" : "test",
  ]),
);

/**
 * MagnaTagATune by its annotations_final.csv (tab-separated: clip_id, a column of 0 and 1 for each of 188 tags,
 * mp3_path). Folders 0 to b are the training part, c validation, d to f test. The labels are the most frequent tags
 * over all clips, most frequent first; clips without any of them stay, as negatives.
 * @param folderOrCsv the file, or the folder that holds it
 * @throws MulanError `dataset.file`, `dataset.header`, `dataset.csv`, `dataset.no-audio`, `dataset.top-tags`
 */
export async function readMagnaTagATune(
  folderOrCsv: string,
  { audioFolder, split, topTags = 50, group, withoutAudio }: MagnaTagATuneOptions = {},
): Promise<TaggedDataset> {
  if (!Number.isInteger(topTags) || topTags < 1) {
    throw new MulanError("dataset.top-tags", "topTags must be a whole number of 1 or more", {
      got: String(topTags),
    });
  }
  const list = await readListFile(await annotationsIn(folderOrCsv));
  const { text, conventions } = decodeList(list);
  const { rows, tags, counts, failures } = readRows(text, list.path);
  const order = tags.map((_, i) => i).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const chosen = new Set(order.slice(0, topTags));
  const folder = resolve(audioFolder ?? dirname(list.path));
  const used = rows.filter((row) => split === undefined || row.split === split);
  const wanted = used.map(
    ({ id, mp3Path, marked, line, split }): Wanted<Omit<TaggedItem, "path">> => {
      const kept = marked.filter((tag) => chosen.has(tag));
      return {
        item: {
          id,
          tags: kept.map((tag) => tags[tag]!),
          split,
          ...(group === "recording" && { group: recordingOf(mp3Path) }),
        },
        candidates: [join(folder, mp3Path)],
        place: placeOf(list.path, line),
      };
    },
  );
  const found = await keepFound(wanted, {
    list: list.path,
    remedy: "Pass { audioFolder } of the clip folders 0 to f",
    withoutAudio,
  });
  return {
    kind: "tagged",
    name: `MagnaTagATune (top ${chosen.size}${split ? `, ${split}` : ""})`,
    sha256: list.sha256,
    labels: order.slice(0, topTags).map((tag) => tags[tag]!),
    items: found.items,
    conventions: [
      "folders 0–b train, c validation, d–f test",
      `the ${chosen.size} most frequent of ${tags.length} tags, counted over all ${rows.length} clips`,
      `clips ${[...CORRUPT].join(", ")} left out (corrupt)`,
      `${found.items.filter((item) => item.tags.length === 0).length} clips without any of the tags kept as negatives`,
      ...(group === "recording" ? ["clips of one recording are kept together"] : []),
      ...conventions,
    ],
    failures: [...failures, ...found.failures],
  };
}

/** "f/artist-album-01-title-30-59.mp3" is of "artist-album-01-title", whichever folder other clips of it lie in. */
function recordingOf(mp3Path: string): string {
  return posix.basename(mp3Path).replace(/-\d+-\d+\.mp3$/i, "");
}

async function annotationsIn(folderOrCsv: string): Promise<string> {
  const path = resolve(folderOrCsv);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, ANNOTATIONS) : path;
}

interface Row {
  readonly id: string;
  readonly mp3Path: string;
  /** Places of its tags among all tags. */
  readonly marked: readonly number[];
  readonly split: Split;
  readonly line: number;
}

function readRows(text: string, path: string) {
  const rows: Row[] = [];
  const wrong: Failure[] = [];
  let header: readonly string[] = [];
  let idAt = -1;
  let pathAt = -1;
  let tagColumns: number[] = [];
  let counts: Uint32Array = new Uint32Array();
  const failures = walkCsv(text, {
    path,
    delimiter: "\t",
    onHeader(names) {
      header = names;
      idAt = needColumn(names, ["clip_id"], path);
      pathAt = needColumn(names, ["mp3_path"], path);
      tagColumns = names.map((_, i) => i).filter((i) => i !== idAt && i !== pathAt);
      if (tagColumns.length === 0) {
        throw new MulanError("dataset.header", "there is no column of a tag", {
          subject: `${path}:1`,
          expected: "a column for each tag between clip_id and mp3_path",
        });
      }
      counts = new Uint32Array(tagColumns.length);
    },
    onRow(fields, line) {
      const id = fields[idAt]!;
      if (CORRUPT.has(id)) return;
      const mp3Path = fields[pathAt]!;
      const split = SPLIT_OF_FOLDER[mp3Path.charAt(0).toLowerCase()];
      if (id === "" || split === undefined || mp3Path.charAt(1) !== "/") {
        const at = id === "" ? idAt : pathAt;
        wrong.push(
          rowFailure(path, line, wrongColumn(at, header[at]!), {
            expected: id === "" ? "a clip's number" : 'a path such as "f/artist-album-01-0-29.mp3"',
            got: shown(fields[at]),
          }),
        );
        return;
      }
      const marked: number[] = [];
      for (let tag = 0; tag < tagColumns.length; tag++) {
        const value = fields[tagColumns[tag]!]!;
        if (value === "0") continue;
        if (value === "1") {
          marked.push(tag);
          continue;
        }
        const at = tagColumns[tag]!;
        wrong.push(
          rowFailure(path, line, wrongColumn(at, header[at]!), {
            expected: "0 or 1",
            got: shown(value),
          }),
        );
        return;
      }
      for (const tag of marked) counts[tag]! += 1;
      rows.push({ id, mp3Path, marked, split, line });
    },
  });
  return {
    rows,
    tags: tagColumns.map((at) => header[at]!),
    counts,
    failures: [...failures, ...wrong],
  };
}
