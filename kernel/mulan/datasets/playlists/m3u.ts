import { basename } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { placeOf } from "../list/rowErrors.ts";
import type { RawPlaylist, RawTrack } from "./rawPlaylist.ts";

/**
 * M3U, plain or extended: #PLAYLIST: is the title (else the file's name), #DESCRIPTION: the description, which the
 * format itself has no word for; #EXTINF and other directives and comments are passed over.
 * @throws MulanError `dataset.stream` for an HLS playlist
 */
export function readM3u(text: string, path: string): RawPlaylist {
  let title: string | undefined;
  const description: string[] = [];
  const tracks: RawTrack[] = [];
  text.split(/\r\n?|\n/).forEach((content, i) => {
    const line = content.trim();
    if (line.startsWith("#EXT-X-")) throw stream(placeOf(path, i + 1));
    const [, directive, value] = /^#(PLAYLIST|DESCRIPTION):\s*(.*)$/i.exec(line) ?? [];
    if (directive?.toUpperCase() === "PLAYLIST") title ??= value || undefined;
    else if (directive) description.push(value!);
    else if (line !== "" && !line.startsWith("#")) {
      tracks.push({ location: line, place: placeOf(path, i + 1) });
    }
  });
  const said = title ?? basename(path).replace(/\.m3u8?$/i, "");
  return {
    id: said,
    title: said,
    ...(description.length > 0 && { description: description.join(" ") }),
    tracks,
    place: placeOf(path, 1),
  };
}

function stream(place: string): MulanError {
  return new MulanError("dataset.stream", "this is the playlist of a stream (HLS)", {
    subject: place,
    expected: "a playlist of audio files",
  });
}
