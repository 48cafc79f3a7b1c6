import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { type Failure, MulanError, toMulanError } from "../../foundation/errors.ts";
import type { Playlist, PlaylistDataset } from "../dataset.ts";
import { decodeList, type ListFile, readListFile, sha256OfAll } from "../list/listFile.ts";
import { readCsvPlaylists } from "./csv.ts";
import { readJsonPlaylists } from "./json.ts";
import { readM3u } from "./m3u.ts";
import type { RawPlaylists } from "./rawPlaylist.ts";
import { TrackFinder } from "./trackFinder.ts";

export interface PlaylistsOptions {
  /** Where relative paths begin; each list's own folder when left out. */
  readonly audioFolder?: string;
  /** Playlists with fewer tracks on disk are left out. Default 1; MuLan's article has 10 to 100. */
  readonly minTracks?: number;
  /** Keep tracks whose file is not there: embeddings made elsewhere need no sound. Default false. */
  readonly withoutAudio?: boolean;
}

/**
 * Playlists of a JSON, CSV, TSV, M3U or M3U8 file, or of a folder of M3U files. A track stands once in a playlist;
 * the same sound has the same id in all of them.
 * @throws MulanError `dataset.file`, `dataset.json`, `dataset.playlists`, `dataset.header`, `dataset.csv`,
 * `dataset.stream`, `dataset.empty`, `dataset.no-audio`
 */
export async function readPlaylists(
  fileOrFolder: string,
  { audioFolder, minTracks = 1, withoutAudio = false }: PlaylistsOptions = {},
): Promise<PlaylistDataset> {
  const root = resolve(fileOrFolder);
  const isFolder = await stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const paths = isFolder ? await m3uIn(root) : [root];
  const lists = await Promise.all(paths.map((path) => readListFile(path)));
  const finder = new TrackFinder(
    resolve(audioFolder ?? (isFolder ? root : dirname(root))),
    withoutAudio,
  );
  const playlists: Playlist[] = [];
  const failures: Failure[] = [];
  const conventions: string[] = [];
  const ids = new Set<string>();
  let nShort = 0;
  for (const list of lists) {
    const { text, conventions: encoding } = decodeList(list);
    conventions.push(...encoding);
    const raw = isFolder ? readOneOfMany(text, list) : readOne(text, list);
    failures.push(...raw.failures);
    for (const { id, title, description, tracks: rawTracks } of raw.playlists) {
      const tracks = await finder.find(rawTracks, resolve(audioFolder ?? dirname(list.path)));
      if (tracks.length < Math.max(1, minTracks)) {
        nShort += 1;
        continue;
      }
      const described = description === undefined ? {} : { description };
      playlists.push({ id: distinct(id, ids), title, ...described, tracks });
    }
  }
  failures.push(...finder.failures);
  if (playlists.length === 0) throw noPlaylist(root, minTracks, nShort, failures);
  return {
    kind: "playlists",
    name: basename(root, isFolder ? "" : extname(root)),
    sha256: sha256OfAll(lists),
    playlists,
    conventions: [
      `${playlists.length} playlists of ${finder.nFound} different tracks; a track stands once in each`,
      ...(nShort > 0 ? [`${nShort} playlists with fewer than ${minTracks} tracks left out`] : []),
      ...conventions,
    ],
    failures,
  };
}

async function m3uIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /\.m3u8?$/i.test(name));
  if (names.length > 0) return names.sort().map((name) => join(folder, name));
  throw new MulanError("dataset.empty", "the folder holds no playlist", {
    subject: folder,
    expected: "files that end in .m3u or .m3u8",
  });
}

/** One file, by its ending. */
export function readOne(text: string, { path }: ListFile): RawPlaylists {
  const ending = extname(path).toLowerCase();
  if (ending === ".json") return readJsonPlaylists(text, path);
  if (ending === ".csv" || ending === ".tsv") return readCsvPlaylists(text, path);
  if (ending === ".m3u" || ending === ".m3u8") {
    return { playlists: [readM3u(text, path)], failures: [] };
  }
  throw new MulanError("dataset.playlists", "this kind of file is not known as a playlist", {
    subject: path,
    expected: ".json, .csv, .tsv, .m3u, .m3u8 or a folder of .m3u files",
    got: ending === "" ? "no ending" : ending,
  });
}

/** A bad file among many is a failure; alone it is an error. */
function readOneOfMany(text: string, list: ListFile): RawPlaylists {
  try {
    return readOne(text, list);
  } catch (error) {
    return {
      playlists: [],
      failures: [{ source: list.path, error: toMulanError(error, "dataset.playlists") }],
    };
  }
}

function distinct(id: string, taken: Set<string>): string {
  let name = id;
  for (let n = 2; taken.has(name); n++) name = `${id} (${n})`;
  taken.add(name);
  return name;
}

function noPlaylist(root: string, minTracks: number, nShort: number, failures: Failure[]) {
  const first = failures[0]?.error;
  if (nShort === 0) {
    return new MulanError(
      "dataset.empty",
      "there is no playlist",
      { subject: root, ...(first && { got: first.message }) },
      { cause: first },
    );
  }
  return new MulanError(
    "dataset.no-audio",
    `no playlist has ${Math.max(1, minTracks)} or more tracks on disk`,
    {
      subject: root,
      ...(first && { got: first.message.replace(/\.$/, "") }),
      remedy: "Pass { audioFolder } that the tracks' paths begin in",
    },
    { cause: first },
  );
}
