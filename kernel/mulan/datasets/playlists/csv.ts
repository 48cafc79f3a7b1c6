import { type Failure, MulanError } from "../../foundation/errors.ts";
import { columnOf, needColumn, shownHeader } from "../list/columns.ts";
import { guessDelimiter, walkCsv } from "../list/csv.ts";
import { placeOf, rowFailure, shown, wrongColumn } from "../list/rowErrors.ts";
import { splitTexts } from "../list/texts.ts";
import { optionalText, type RawPlaylist, type RawPlaylists, type RawTrack } from "./rawPlaylist.ts";

const TITLE = ["playlist", "title", "playlist_title", "name"];
const ID = ["playlist_id", "pid"];
const DESCRIPTION = ["description", "playlist_description"];
const TRACK = ["path", "file", "filename", "track", "location", "audio"];
const TRACKS = ["tracks", "paths", "files"];

/**
 * A table of playlists: a row a track (playlist, description, path), or a row a playlist whose cell "tracks" holds
 * the paths, parted by ; or | or a JSON list. Without ids, each row of the second kind is a playlist of its own, and
 * rows of the first kind are one where title and description agree, or the description is left out.
 * @throws MulanError `dataset.header`, `dataset.csv`, `dataset.empty`
 */
export function readCsvPlaylists(text: string, path: string): RawPlaylists {
  const found = new Map<string, Omit<RawPlaylist, "tracks"> & { tracks: RawTrack[] }>();
  /** The key of each title's last playlist with a description: rows without one go on with it. */
  const latest = new Map<string, string>();
  const wrong: Failure[] = [];
  let header: readonly string[] = [];
  let column: Record<"title" | "id" | "description" | "track" | "tracks", number>;
  const failures = walkCsv(text, {
    path,
    delimiter: guessDelimiter(text),
    onHeader(names) {
      header = names;
      column = {
        title: needColumn(names, TITLE, path),
        id: columnOf(names, ID),
        description: columnOf(names, DESCRIPTION),
        track: columnOf(names, TRACK),
        tracks: columnOf(names, TRACKS),
      };
      if (column.track < 0 && column.tracks < 0) throw noTracks(names, path);
    },
    onRow(fields, line) {
      const place = placeOf(path, line);
      const title = fields[column.title]!.trim();
      const cell = column.tracks < 0 ? fields[column.track]! : fields[column.tracks]!;
      const paths = column.tracks < 0 ? [cell.trim()] : splitTexts(cell);
      const empty = title === "" ? column.title : Math.max(column.track, column.tracks);
      if (title === "" || paths.length === 0 || paths[0] === "") {
        wrong.push(
          rowFailure(path, line, wrongColumn(empty, header[empty]!), {
            expected: "some text",
            got: shown(fields[empty]),
          }),
        );
        return;
      }
      const id = optionalText(fields[column.id]);
      const description = optionalText(fields[column.description]);
      const described = JSON.stringify([title, description]);
      if (description !== undefined) latest.set(title, described);
      const key = id ?? (column.tracks >= 0 ? place : (latest.get(title) ?? described));
      const playlist = found.get(key) ?? {
        id: id ?? title,
        title,
        ...(description !== undefined && { description }),
        tracks: [],
        place,
      };
      playlist.tracks.push(...paths.map((location) => ({ location, place })));
      found.set(key, playlist);
    },
  });
  return { playlists: [...found.values()], failures: [...failures, ...wrong] };
}

function noTracks(names: readonly string[], path: string): MulanError {
  return new MulanError("dataset.header", "no column names the tracks", {
    subject: `${path}:1`,
    expected: `"path" (a row a track) or "tracks" (a row a playlist)`,
    got: shownHeader(names),
  });
}
