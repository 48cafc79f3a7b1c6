import type { PlaylistDataset } from "../../datasets/dataset.ts";
import { readPlaylistTexts } from "../../datasets/playlists/readPlaylistTexts.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { hashOf, type TripletSet, withNegatives } from "./tripletSet.ts";

export interface PlaylistTripletsOptions {
  /** Triplets of each playlist. Default 5. */
  readonly perPlaylist?: number;
  /** Of the choice of negatives. Default 0. */
  readonly seed?: number;
}

/**
 * Is a playlist's title nearer to its own description than to another playlist's? Only texts are used: the tracks need
 * not be on this disk.
 * @param source a JSON, CSV, TSV or M3U file, or what readPlaylists gives
 * @throws MulanError `triplets.few`, `dataset.file`, `dataset.json`, `dataset.playlists`, `dataset.header`
 */
export async function tripletsFromPlaylists(
  source: string | PlaylistDataset,
  { perPlaylist = 5, seed = 0 }: PlaylistTripletsOptions = {},
): Promise<TripletSet> {
  assertNotPromise(source, "tripletsFromPlaylists(await readPlaylists(…))");
  const { name, sha256, playlists, failures } =
    typeof source === "string" ? await readPlaylistTexts(source) : source;
  const items = playlists.flatMap(({ title, description }) =>
    description === undefined ? [] : [{ title, description }],
  );
  const { rows, ofRows } = withNegatives(items, perPlaylist, seededRandom(seed));
  return {
    kind: "triplet-set",
    name: `${name}, ${items.length} playlists`,
    sha256: hashOf(rows),
    rows,
    clusters: { noun: "playlists", ofRows },
    conventions: [
      "anchor: a playlist's title; positive: its own description; negative: the description of a playlist with another title",
      `${perPlaylist} negatives a playlist, drawn without repetition, seed ${seed}`,
      ...(items.length < playlists.length
        ? [`${playlists.length - items.length} playlists without a description left out`]
        : []),
      `source: ${name}, sha256 ${sha256.slice(0, 12)}…`,
    ],
    failures,
  };
}
