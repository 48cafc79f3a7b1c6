import { type Failure, MulanError } from "../../foundation/errors.ts";
import { parseJson } from "../list/json.ts";
import { shown } from "../list/rowErrors.ts";
import { optionalText, type RawPlaylist, type RawPlaylists, type RawTrack } from "./rawPlaylist.ts";

const LOCATION_KEYS = ["path", "file", "location", "audio"];

/**
 * A list of `{ id?, title, description?, tracks }`, or `{ playlists: […] }` around it; a track is a path or
 * `{ path, startSec?, durationSec? }`.
 * @throws MulanError `dataset.json`, `dataset.playlists`
 */
export function readJsonPlaylists(text: string, path: string): RawPlaylists {
  const parsed = parseJson(text, path);
  const entries = Array.isArray(parsed) ? parsed : field(parsed, "playlists");
  if (!Array.isArray(entries)) {
    throw new MulanError("dataset.playlists", "there is no list of playlists", {
      subject: path,
      expected: "[{ title, description, tracks }, …] or { playlists: […] }",
      got: shown(parsed),
    });
  }
  const failures: Failure[] = [];
  const playlists = entries.flatMap((entry: unknown, i): RawPlaylist[] => {
    const place = `${path} playlists[${i}]`;
    const title = optionalText(field(entry, "title")) ?? optionalText(field(entry, "name"));
    const tracks = field(entry, "tracks");
    if (title === undefined || !Array.isArray(tracks)) {
      failures.push(
        wrong(place, title === undefined ? "a title of some text" : "a list of tracks", entry),
      );
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
          toTrack(track, `${place}.tracks[${j}]`, failures),
        ),
        place,
      },
    ];
  });
  return { playlists, failures };
}

function toTrack(track: unknown, place: string, failures: Failure[]): RawTrack[] {
  const location =
    optionalText(track) ??
    LOCATION_KEYS.map((key) => optionalText(field(track, key))).find((text) => text !== undefined);
  const startSec = field(track, "startSec");
  const durationSec = field(track, "durationSec");
  const timed = (value: unknown, least: number) =>
    value === undefined || (typeof value === "number" && value >= least);
  if (location !== undefined && timed(startSec, 0) && timed(durationSec, Number.MIN_VALUE)) {
    return [
      {
        location,
        ...(startSec !== undefined && { startSec: startSec as number }),
        ...(durationSec !== undefined && { durationSec: durationSec as number }),
        place,
      },
    ];
  }
  failures.push(wrong(place, "a path, or { path, startSec, durationSec } in seconds", track));
  return [];
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
