import { basename, extname } from "node:path";
import type { Failure } from "../../foundation/errors.ts";
import { decodeList, readListFile } from "../list/listFile.ts";
import { readOne } from "./readPlaylists.ts";

export interface PlaylistTexts {
  readonly name: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  readonly playlists: readonly { readonly title: string; readonly description?: string }[];
  readonly failures: readonly Failure[];
}

/**
 * Titles and descriptions of a file's playlists; whether their tracks are on this disk does not matter.
 * @throws MulanError `dataset.file`, `dataset.json`, `dataset.playlists`, `dataset.header`, `dataset.csv`
 */
export async function readPlaylistTexts(file: string): Promise<PlaylistTexts> {
  const list = await readListFile(file);
  const { playlists, failures } = readOne(decodeList(list).text, list);
  return {
    name: basename(list.path, extname(list.path)),
    sha256: list.sha256,
    playlists,
    failures,
  };
}
