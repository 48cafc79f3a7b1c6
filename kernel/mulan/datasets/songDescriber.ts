import { dirname, join, resolve } from "node:path";
import type { Failure } from "../foundation/errors.ts";
import type { CaptionedDataset, CaptionedItem } from "./dataset.ts";
import { needColumn } from "./list/columns.ts";
import { walkCsv } from "./list/csv.ts";
import { keepFound, type Wanted } from "./list/foundAudio.ts";
import { decodeList, readListFile } from "./list/listFile.ts";
import { placeOf, rowFailure, shown, wrongColumn } from "./list/rowErrors.ts";

export interface SongDescriberOptions {
  /** Where the folders 00 to 99 are; "audio" beside the CSV when left out. */
  readonly audioFolder?: string;
  /** Only captions that were validated (746 of 1,106). Default false. */
  readonly validOnly?: boolean;
  /** Keep items whose file is not there: embeddings made elsewhere need no sound. Default false. */
  readonly withoutAudio?: boolean;
}

/**
 * Song Describer's CSV: a caption a row with track_id, caption, is_valid_subset and path. A track's captions are
 * one item. Files may carry the release's ending: 00/1000.mp3 is found as 00/1000.2min.mp3 too.
 * @throws MulanError `dataset.file`, `dataset.header`, `dataset.csv`, `dataset.no-audio`
 */
export async function readSongDescriber(
  csv: string,
  { audioFolder, validOnly = false, withoutAudio }: SongDescriberOptions = {},
): Promise<CaptionedDataset> {
  const list = await readListFile(csv);
  const { text, conventions } = decodeList(list);
  const folder = resolve(audioFolder ?? join(dirname(list.path), "audio"));
  const tracks = new Map<string, { captions: string[]; path: string; line: number }>();
  const wrong: Failure[] = [];
  let header: readonly string[] = [];
  let column: Record<"track" | "caption" | "valid" | "path", number>;
  const failures = walkCsv(text, {
    path: list.path,
    delimiter: ",",
    onHeader(names) {
      header = names;
      const need = (name: string) => needColumn(names, [name], list.path);
      column = {
        track: need("track_id"),
        caption: need("caption"),
        valid: validOnly ? need("is_valid_subset") : -1,
        path: need("path"),
      };
    },
    onRow(fields, line) {
      if (validOnly && fields[column.valid]!.trim().toLowerCase() !== "true") return;
      const empty = [column.track, column.caption, column.path].find(
        (at) => fields[at]!.trim() === "",
      );
      if (empty !== undefined) {
        wrong.push(
          rowFailure(list.path, line, wrongColumn(empty, header[empty]!), {
            expected: "some text",
            got: shown(fields[empty]),
          }),
        );
        return;
      }
      const id = fields[column.track]!.trim();
      const track = tracks.get(id) ?? { captions: [], path: fields[column.path]!.trim(), line };
      track.captions.push(fields[column.caption]!.trim());
      tracks.set(id, track);
    },
  });
  const wanted = Array.from(
    tracks,
    ([id, { captions, path, line }]): Wanted<Omit<CaptionedItem, "path">> => ({
      item: { id, captions: [...new Set(captions)] },
      candidates: [path, path.replace(/(\.2min)?\.mp3$/, ".2min.mp3")].map((name) =>
        join(folder, name),
      ),
      place: placeOf(list.path, line),
    }),
  );
  const found = await keepFound(wanted, {
    list: list.path,
    remedy: "Pass { audioFolder } of the folders 00 to 99",
    withoutAudio,
  });
  const nCaptions = found.items.reduce((sum, { captions }) => sum + captions.length, 0);
  return {
    kind: "captioned",
    name: `Song Describer${validOnly ? " (valid)" : ""}`,
    sha256: list.sha256,
    items: found.items,
    conventions: [
      validOnly ? "only validated captions" : "all captions, validated or not",
      `${nCaptions} captions of ${found.items.length} tracks; a track's captions all belong to it`,
      ...conventions,
    ],
    failures: [...failures, ...wrong, ...found.failures],
  };
}
