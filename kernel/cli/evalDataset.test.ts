import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../mulan/foundation/packageRoot.ts";
import { openDataset } from "./evalDataset.ts";

const fixtures = join(packageRoot, "test/fixtures/datasets");
const samples = join(packageRoot, "samples/audio");

test.each([
  ["magnatagatune", "tagged", "tagged", /^MagnaTagATune/],
  ["magnatagatune/annotations_final.csv", "tagged", "tagged", /^MagnaTagATune/],
  ["audioset/eval_segments.csv", "tagged", "tagged", /^AudioSet/],
  ["tables/tags.csv", "tagged", "tagged", /^tags/],
  ["tables/captions.jsonl", "queries", "captioned", /^captions/],
  ["musiccaps/musiccaps-made-up.csv", "queries", "captioned", /^MusicCaps/],
  ["songdescriber/song_describer.csv", "queries", "captioned", /^Song Describer/],
  ["playlists/playlists.json", "queries", "playlists", /^playlists/],
  ["playlists/rows.csv", "queries", "playlists", /^rows/],
  ["playlists/lists.csv", "queries", "playlists", /^lists/],
  ["playlists/m3u", "queries", "playlists", /^m3u/],
] as const)("the format of %s is guessed", async (data, wanted, kind, name) => {
  const audio = data.startsWith("musiccaps")
    ? join(fixtures, "musiccaps/audio")
    : data.startsWith("audioset")
      ? join(fixtures, "audioset/audio")
      : data.startsWith("magna") || data.endsWith("m3u") || data.startsWith("song")
        ? undefined
        : samples;
  const dataset = await openDataset(
    join(fixtures, data),
    {
      ...(audio !== undefined && { audio }),
      ontology: join(fixtures, "audioset/ontology.json"),
      subset: "all",
    },
    wanted,
  );
  expect(dataset.kind).toBe(kind);
  expect(dataset.name).toMatch(name);
});
