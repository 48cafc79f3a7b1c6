import { type Failure, MulanError } from "../../foundation/errors.ts";
import { parseJson } from "../list/json.ts";
import { jsonPlaces } from "../list/jsonPlaces.ts";
import { placeOf, shown } from "../list/rowErrors.ts";
import { optionalText, type RawPlaylist, type RawPlaylists, type RawTrack } from "./rawPlaylist.ts";

const LOCATION_KEYS = ["path", "file", "location", "audio"];

/**
 * A list of `{ id?, title, description?, tracks }`, or `{ playlists: […] }` around it; a track is a path or
 * `{ path, startSec?, durationSec? }`.
 * @throws MulanError `dataset.json`, `dataset.playlists`
 */
export function readJsonPlaylists(text: string, path: string): RawPlaylists {
  const parsed = parseJson(text, path);
  const isList = Array.isArray(parsed);
  const entries = isList ? parsed : field(parsed, "playlists");
  if (!Array.isArray(entries)) {
    throw new MulanError("dataset.playlists", "there is no list of playlists", {
      subject: path,
      expected: "[{ title, description, tracks }, …] or { playlists: […] }",
      got: shown(parsed),
    });
  }
  const failures: Failure[] = [];
  const placeIn = places(text, path, isList ? "" : ".playlists");
  const playlists = entries.flatMap((entry: unknown, i): RawPlaylist[] => {
    const at = `[${i}]`;
    const title = optionalText(field(entry, "title")) ?? optionalText(field(entry, "name"));
    const tracks = field(entry, "tracks");
    if (title === undefined || !Array.isArray(tracks)) {
      const isRecord = typeof entry === "object" && entry !== null && !Array.isArray(entry);
      const key = title === undefined ? "title" : "tracks";
      const expected = title === undefined ? "a title of some text" : "a list of tracks";
      const place = placeIn(isRecord ? `${at}.${key}` : at);
      failures.push(wrong(place, expected, isRecord ? field(entry, key) : entry));
      return [];
    }
    const id = field(entry, "id") ?? field(entry, "pid");
    const description = optionalText(field(entry, "description"));
    return [
      {
        id: typeof id === "string" || typeof id === "number" ? String(id) : title,
        title,
        ...(description !== undefined && { description }),
        tracks: tracks.flatMap((track: unknown, j): RawTrack[] =>
          toTrack(track, (key) => placeIn(`${at}.tracks[${j}]${key}`), failures),
        ),
        place: placeIn(at),
      },
    ];
  });
  return { playlists, failures };
}

/** "lists.json:14:5 playlists[3].title"; the line is that of what is around a value that is not there. */
function places(text: string, path: string, root: string): (at: string) => string {
  const find = jsonPlaces(text);
  return (at) => {
    const { line, column } = find(root + at) ?? find(root + at.replace(/\.\w+$/, ""))!;
    return `${placeOf(path, line, column)} playlists${at}`;
  };
}

function toTrack(
  track: unknown,
  placeIn: (key: string) => string,
  failures: Failure[],
): RawTrack[] {
  const location =
    optionalText(track) ??
    LOCATION_KEYS.map((key) => optionalText(field(track, key))).find((text) => text !== undefined);
  if (location === undefined) {
    const expected = "a path, or { path, startSec, durationSec } in seconds";
    failures.push(wrong(placeIn(""), expected, track));
    return [];
  }
  const startSec = field(track, "startSec");
  const durationSec = field(track, "durationSec");
  if (!isTime(startSec, 0)) {
    failures.push(wrong(placeIn(".startSec"), "a number of seconds, 0 or more", startSec));
    return [];
  }
  if (!isTime(durationSec, Number.MIN_VALUE)) {
    failures.push(wrong(placeIn(".durationSec"), "a number of seconds above 0", durationSec));
    return [];
  }
  return [
    {
      location,
      ...(startSec !== undefined && { startSec }),
      ...(durationSec !== undefined && { durationSec }),
      place: placeIn(""),
    },
  ];
}

function isTime(value: unknown, least: number): value is number | undefined {
  return value === undefined || (typeof value === "number" && value >= least);
}

function wrong(place: string, expected: string, got: unknown): Failure {
  return {
    source: place,
    error: new MulanError("dataset.row", "this entry is wrong", {
      subject: place,
      expected,
      got: shown(got),
    }),
  };
}

function field(value: unknown, key: string): unknown {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>)[key] : undefined;
}
