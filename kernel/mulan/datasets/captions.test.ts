import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
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

test("a row of MusicCaps with an empty or wrong cell is named by line and column", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mulan-musiccaps-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const list = join(folder, "list.csv");
  const rows = ["a,,10,text", "b,30,30,text", "c,0,10, ", ",0,10,text", "d,0,10,text"];
  writeFileSync(list, ["ytid,start_s,end_s,caption", ...rows].join("\n"));
  const { items, failures } = await readMusicCaps(list, { withoutAudio: true });
  expect(items.map(({ id }) => id)).toEqual(["d_0"]);
  expect(said(failures)).toEqual([
    'list.csv:2: column 2 ("start_s") is wrong (expected seconds, 0 or more, got "").',
    'list.csv:3: column 3 ("end_s") is wrong (expected a time after 30, got "30").',
    'list.csv:4: column 4 ("caption") is wrong (expected some text, got " ").',
    'list.csv:5: column 1 ("ytid") is wrong (expected the id of a video, got "").',
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
