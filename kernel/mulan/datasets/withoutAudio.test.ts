import { basename, isAbsolute } from "node:path";
import { expect, test } from "vitest";
import { readAudioSet } from "./audioset/readAudioSet.ts";
import { fixture } from "./fixtures.testkit.ts";
import { readMagnaTagATune } from "./magnaTagATune.ts";
import { readMusicCaps } from "./musicCaps.ts";
import { readPlaylists } from "./playlists/readPlaylists.ts";
import { readSongDescriber } from "./songDescriber.ts";
import { readTable } from "./table/readTable.ts";

const withoutAudio = true;
/** Nothing is there. */
const audioFolder = "nowhere";

test("clips of MagnaTagATune are kept without their files, splits and tags included", async () => {
  const found = await readMagnaTagATune(fixture("magnatagatune"));
  const kept = await readMagnaTagATune(fixture("magnatagatune"), { audioFolder, withoutAudio });
  expect(kept.items.length).toBeGreaterThan(found.items.length);
  expect(kept.failures.length).toBeLessThan(found.failures.length);
  expect(kept.items[0]).toMatchObject({ id: "2", split: "train" });
  expect(isAbsolute(kept.items[0]!.path)).toBe(true);
});

test("rows of MusicCaps, Song Describer and AudioSet are kept without a folder", async () => {
  const caps = await readMusicCaps(fixture("musiccaps/musiccaps-made-up.csv"), { withoutAudio });
  expect(basename(caps.items[0]!.path)).toBe("made-upM001.wav");
  const songs = fixture("songdescriber/song_describer.csv");
  const described = await readSongDescriber(songs, { audioFolder, withoutAudio });
  expect(described.items[0]).toMatchObject({ id: "1000100" });
  const audioSet = await readAudioSet({
    segments: fixture("audioset/eval_segments.csv"),
    ontology: fixture("audioset/ontology.json"),
    subset: "all",
    withoutAudio,
  });
  expect(audioSet.items.length).toBeGreaterThan(0);
  expect(audioSet.conventions).toContain("0 segments without a file left out");
});

test("tracks of playlists and rows of tables are kept likewise", async () => {
  const file = fixture("playlists/playlists.json");
  const lists = await readPlaylists(file, { audioFolder, withoutAudio });
  expect(lists.failures.map(({ error }) => error.code)).not.toContain("dataset.audio-missing");
  const table = await readTable(fixture("tables/tags.csv"), { audioFolder, withoutAudio });
  expect(table.items.map(({ id }) => id)).toContain("03-rock-band.mp3");
});

test("with audio to be heard, a folder must be named", async () => {
  await expect(readMusicCaps(fixture("musiccaps/musiccaps-made-up.csv"))).rejects.toThrow(
    /not said where the audio files are.*audioFolder/,
  );
});
