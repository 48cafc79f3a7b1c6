import { expect, test } from "vitest";
import { fixture, said } from "../fixtures.testkit.ts";
import { type AudioSetOptions, readAudioSet } from "./readAudioSet.ts";
import { readSegments } from "./segments.ts";
import { fileOfExcerpt } from "./videoFiles.ts";

const options: AudioSetOptions = {
  segments: fixture("audioset/eval_segments.csv"),
  ontology: fixture("audioset/ontology.json"),
  audioFolder: fixture("audioset/audio"),
};
const tagsOf = ({ items }: { items: readonly { id: string; tags: readonly string[] }[] }) =>
  Object.fromEntries(items.map(({ id, tags }) => [id, [...tags]]));

test("segments have the labels of the subset, by name", async () => {
  const dataset = await readAudioSet(options);
  expect(dataset.name).toBe("AudioSet (music-genres-25)");
  expect(dataset.labels).toEqual(["Harbour waltz", "Night tram"]);
  expect(tagsOf(dataset)).toEqual({
    inventedA01_0: ["Harbour waltz"],
    inv_ntedC03_120: ["Night tram"],
  });
  expect(dataset.items[0]).not.toHaveProperty("startSec");
});

test("classes above a label count only on demand", async () => {
  const dataset = await readAudioSet({ ...options, ancestors: true });
  expect(tagsOf(dataset)["-inventedB2_30"]).toEqual(["Harbour waltz"]);
  expect(dataset.conventions.join()).toContain("a label counts for the classes above it too");
});

test("a labels file decides which classes were released, and the hash knows it", async () => {
  const without = await readAudioSet({ ...options, subset: "music-141-all-but-roles" });
  const labels = fixture("audioset/class_labels_indices.csv");
  const released = await readAudioSet({ ...options, subset: "music-141-all-but-roles", labels });
  expect(released.labels).toEqual([
    "Music",
    "Singing saw",
    "Harbour waltz",
    "Night tram",
    "Turnaround",
    "Calm music",
  ]);
  expect(without.labels).toContain("Fog waltz");
  expect(without.labels).not.toContain("Turnaround");
  expect(without.conventions[0]).toContain("no labels file was given");
  expect(released.sha256).not.toBe(without.sha256);
});

test("all classes take in what is no music", async () => {
  const dataset = await readAudioSet({ ...options, subset: "all", files: "videos" });
  const wind = dataset.items.find(({ tags }) => tags.includes("Wind"));
  expect(wind).toMatchObject({ id: "inventedE05_30", startSec: 30, durationSec: 10 });
});

test("wrong rows and missing files are failures", async () => {
  const dataset = await readAudioSet(options);
  expect(said(dataset.failures)).toEqual([
    'eval_segments.csv:9: column 3 ("end_seconds") is wrong (expected a time after 20, got "10.000").',
    "inventedD04: the audio file named in eval_segments.csv:7 is not there.",
  ]);
  await expect(
    readAudioSet({ ...options, audioFolder: fixture("musiccaps/audio") }),
  ).rejects.toThrow("inventedA01.wav below");
  await expect(readAudioSet({ ...options, subset: "genres" as never })).rejects.toThrow(
    'expected music-genres-25, music-141-instruments-genres-roles, music-141-all-but-roles, music-all, all, got "genres"',
  );
});

test("segments are read with and without spaces and quotes, and anything else is refused", () => {
  const text = 'YTID,start,end,labels\na_-b,0,10,/m/1\r\n"c",1.5,2,"/m/1, /t/2"\n#x\nnonsense\n';
  const { segments, failures } = readSegments(text, "s.csv");
  expect(segments).toEqual([
    { ytid: "a_-b", startSec: 0, endSec: 10, labelIds: ["/m/1"], line: 2 },
    { ytid: "c", startSec: 1.5, endSec: 2, labelIds: ["/m/1", "/t/2"], line: 3 },
  ]);
  expect(failures.map(({ source }) => source)).toEqual(["s.csv:5"]);
});

test("a time that is missing or no number is named by line and column", () => {
  const { failures } = readSegments('a, , 10, "/m/1"\nb, x, 10, "/m/1"\nc, 1, , "/m/1"\n', "s.csv");
  expect(said(failures)).toEqual([
    's.csv:1: column 2 ("start_seconds") is wrong (expected seconds, 0 or more, got "").',
    's.csv:2: column 2 ("start_seconds") is wrong (expected seconds, 0 or more, got "x").',
    's.csv:3: column 3 ("end_seconds") is wrong (expected a time after 1, got "").',
  ]);
});

test("a line of nothing but blanks and commas is refused in a time that grows as it does", () => {
  // What backtracks three blanks deep needs minutes for 16,000 and days for these.
  const blanks = " ".repeat(200_000);
  const { segments, failures } = readSegments(`a${blanks},${blanks}"${blanks}x`, "s.csv");
  expect([segments.length, failures.length]).toEqual([0, 1]);
});

test("a file is found by any of the names that downloaders give", () => {
  for (const name of [
    "id",
    "Yid",
    "id_30",
    "id_30.0",
    "id_30.000",
    "id_30000",
    "id_30_40",
    "[id]-[30-40]",
  ]) {
    expect(fileOfExcerpt(new Map([[name, "found"]]), "id", 30, 40)).toBe("found");
  }
  expect(fileOfExcerpt(new Map([["id_31", "other"]]), "id", 30, 40)).toBeUndefined();
});
