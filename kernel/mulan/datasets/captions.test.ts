import { expect, test } from "vitest";
import { fixture, said } from "./fixtures.testkit.ts";
import { readMusicCaps } from "./musicCaps.ts";
import { readSongDescriber } from "./songDescriber.ts";

const musicCaps = fixture("musiccaps/musiccaps-made-up.csv");
const audioFolder = fixture("musiccaps/audio");

test("MusicCaps gives a caption a clip, line breaks and all", async () => {
  const dataset = await readMusicCaps(musicCaps, { audioFolder });
  expect(dataset.items.map(({ id }) => id)).toEqual([
    "made-upM001_30",
    "made-upM002_0",
    "made-upM003_10",
  ]);
  expect(dataset.items[0]!.captions[0]).toContain("accordion.\nIt ends");
  // The first caption spans two lines: what stands in the file's sixth line is the fourth row.
  expect(said(dataset.failures)).toEqual([
    "made-upM004: the audio file named in musiccaps-made-up.csv:6 is not there.",
  ]);
});

test("MusicCaps gives its balanced and its AudioSet evaluation subset", async () => {
  const balanced = await readMusicCaps(musicCaps, { audioFolder, subset: "balanced" });
  const evaluation = await readMusicCaps(musicCaps, { audioFolder, subset: "eval" });
  expect(balanced.items.map(({ id }) => id)).toEqual(["made-upM002_0"]);
  expect(evaluation.items.map(({ id }) => id)).toEqual(["made-upM001_30", "made-upM002_0"]);
  expect(evaluation.conventions).toContain("only rows with is_audioset_eval");
});

test("MusicCaps' aspect lists, which are Python's, can be the text", async () => {
  const dataset = await readMusicCaps(musicCaps, {
    audioFolder,
    texts: "aspects",
    files: "videos",
  });
  expect(dataset.items[0]).toMatchObject({
    captions: ["slow waltz, foghorn, a buoy's bell"],
    startSec: 30,
    durationSec: 10,
  });
});

test("Song Describer joins a track's captions and finds the release's file names", async () => {
  const dataset = await readSongDescriber(fixture("songdescriber/song_describer.csv"));
  expect(dataset.items.map(({ id, captions }) => [id, captions.length])).toEqual([
    ["1000100", 2],
    ["1000217", 1],
  ]);
  expect(dataset.items[0]!.path).toMatch(/1000100\.2min\.mp3$/);
  expect(said(dataset.failures)).toEqual([
    'song_describer.csv:6: column 3 ("caption") is wrong (expected some text, got "").',
    "1000999.mp3: the audio file named in song_describer.csv:5 is not there.",
  ]);
});

test("Song Describer's validated captions can be had alone", async () => {
  const dataset = await readSongDescriber(fixture("songdescriber/song_describer.csv"), {
    validOnly: true,
  });
  expect(dataset.items[0]!.captions).toEqual([
    "A patient piano, as if somebody waited for the rain.",
  ]);
  expect(dataset.conventions[0]).toBe("only validated captions");
});
