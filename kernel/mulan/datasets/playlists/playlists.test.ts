import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { fixture, said, sampleAudio } from "../fixtures.testkit.ts";
import { readPlaylists } from "./readPlaylists.ts";
import { trackPaths } from "./trackPaths.ts";

const folder = mkdtempSync(join(tmpdir(), "mulan-playlists-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test("JSON playlists have titles, descriptions and tracks that are there", async () => {
  const dataset = await readPlaylists(fixture("playlists/playlists.json"), {
    audioFolder: sampleAudio,
  });
  expect(dataset.playlists.map(({ id, title, tracks }) => [id, title, tracks.length])).toEqual([
    ["p1", "Rain on the skylight", 2],
    ["Kitchen floor", "Kitchen floor", 2],
    ["Odd", "Odd", 1],
  ]);
  expect(dataset.playlists[0]!.description).toBe("Quiet pieces for a grey afternoon");
  expect(dataset.playlists[0]!.tracks[1]).toEqual({
    id: "15-solo-cello.opus@2+5",
    path: join(sampleAudio, "15-solo-cello.opus"),
    startSec: 2,
    durationSec: 5,
  });
  expect(said(dataset.failures)).toEqual([
    "playlists.json:11:5 playlists[3].title: this entry is wrong (expected a title of some text, got nothing).",
    "playlists.json:12:71 playlists[4].tracks[0].startSec: this entry is wrong (expected a number of seconds, 0 or more, got -1).",
    "missing.mp3: the audio file named in playlists.json:9:92 playlists[1].tracks[3] is not there.",
  ]);
});

test("tables have a row a track, or a row a playlist", async () => {
  const options = { audioFolder: sampleAudio };
  const rows = await readPlaylists(fixture("playlists/rows.csv"), options);
  const lists = await readPlaylists(fixture("playlists/lists.csv"), options);
  const contents = ({ playlists }: typeof rows) =>
    playlists.map(({ title, tracks }) => [title, ...tracks.map(({ id }) => id)]);
  expect(contents(rows)).toEqual([
    ["Kitchen floor", "05-techno.mp3", "14-funk.mp3"],
    ["Rain on the skylight", "01-nocturne-piano.flac"],
  ]);
  expect(contents(lists)).toEqual(contents(rows));
  expect(rows.playlists[0]!.description).toBe("Loud, and for dancing");
  expect(said(rows.failures)).toEqual([
    'rows.csv:5: column 1 ("playlist") is wrong (expected some text, got "").',
  ]);
});

test("M3U8 is read with its mark, backslashes, escapes, title and description", async () => {
  const dataset = await readPlaylists(fixture("playlists/m3u/quay.m3u8"));
  expect(dataset.playlists).toMatchObject([
    { id: "Café at the quay", description: "Accordions and boats" },
  ]);
  expect(dataset.playlists[0]!.tracks.map(({ path }) => path)).toEqual([
    join(sampleAudio, "20-waltz-accordion.mp3"),
    join(sampleAudio, "07-夜の海-ambient.opus"),
  ]);
  expect(dataset.failures.map(({ source }) => source)).toEqual([
    "http://radio.invalid/live.mp3",
    expect.stringContaining("gone.mp3"),
  ]);
});

test("a folder of M3U files is one data set, and a bad file in it a failure", async () => {
  const dataset = await readPlaylists(fixture("playlists/m3u"));
  expect(dataset.name).toBe("m3u");
  expect(dataset.playlists.map(({ title }) => title)).toEqual(["plain", "Café at the quay"]);
  expect(dataset.failures[0]!.error.code).toBe("dataset.stream");
  await expect(readPlaylists(fixture("playlists/m3u/stream.m3u8"))).rejects.toThrow("HLS");
});

test("short playlists are left out and counted", async () => {
  const options = { audioFolder: sampleAudio, minTracks: 2 };
  const dataset = await readPlaylists(fixture("playlists/rows.csv"), options);
  expect(dataset.playlists.length).toBe(1);
  expect(dataset.conventions).toContain("1 playlists with fewer than 2 tracks left out");
});

test("a playlist without UTF-8 is read as Windows wrote it, and says so", async () => {
  const bytes = Buffer.from(
    `#EXTM3U\n#PLAYLIST:Fr\xfchst\xfcck\n${sampleAudio}/14-funk.mp3\n`,
    "latin1",
  );
  const dataset = await readPlaylists(written("old.m3u", bytes));
  expect(dataset.playlists[0]!.title).toBe("Frühstück");
  expect(dataset.conventions.at(-1)).toContain("Windows-1252");
});

test("two playlists of one name stay apart", async () => {
  const twice = JSON.stringify([
    { title: "Tea", tracks: ["14-funk.mp3"] },
    { title: "Tea", tracks: ["16-reggae.mp3"] },
  ]);
  const dataset = await readPlaylists(written("twice.json", twice), { audioFolder: sampleAudio });
  expect(dataset.playlists.map(({ id }) => id)).toEqual(["Tea", "Tea (2)"]);
});

test("rows of one title are playlists of their own where each holds its tracks", async () => {
  const list = written(
    "chill.csv",
    "title,description,tracks\nChill,slow,14-funk.mp3\nChill,fast,16-reggae.mp3\nChill,fast,05-techno.mp3\n",
  );
  const { playlists } = await readPlaylists(list, { audioFolder: sampleAudio });
  expect(playlists.map(({ id, title, description }) => [id, title, description])).toEqual([
    ["Chill", "Chill", "slow"],
    ["Chill (2)", "Chill", "fast"],
    ["Chill (3)", "Chill", "fast"],
  ]);
});

test("rows of a track each are one playlist where title and description agree, or an id says so", async () => {
  const tracks = ["14-funk.mp3", "16-reggae.mp3", "05-techno.mp3"];
  const contents = async (name: string, header: string, cells: readonly string[]) => {
    const rows = cells.map((cell, i) => `${cell},${tracks[i]}`);
    const list = written(name, [header, ...rows].join("\n"));
    const { playlists } = await readPlaylists(list, { audioFolder: sampleAudio });
    return playlists.map(({ id, description, tracks: { length } }) => [id, description, length]);
  };
  const header = "title,description,path";
  expect(await contents("t.csv", header, ["Chill,slow", "Chill,fast", "Chill,"])).toEqual([
    ["Chill", "slow", 1],
    ["Chill (2)", "fast", 2],
  ]);
  const withIds = await contents("i.csv", `pid,${header}`, ["7,A,x", "8,A,x", "7,A,"]);
  expect(withIds).toEqual([
    ["7", "x", 2],
    ["8", "x", 1],
  ]);
});

test("what is no playlist is refused with what would be", async () => {
  await expect(readPlaylists(written("a.txt", "x"))).rejects.toThrow("got .txt");
  await expect(readPlaylists(written("b.json", '{"a": 1}'))).rejects.toThrow(
    "no list of playlists",
  );
  await expect(readPlaylists(written("c.json", "[]"))).rejects.toMatchObject({
    code: "dataset.empty",
  });
  await expect(readPlaylists(written("d.m3u", "gone.mp3\n"))).rejects.toMatchObject({
    code: "dataset.no-audio",
  });
  await expect(readPlaylists(written("e.csv", "title,mood\na,b\n"))).rejects.toThrow(
    'got "title", "mood"',
  );
});

test("an absolute path of another machine is looked for by its tail", () => {
  expect(trackPaths("C:\\Music\\Ada\\one.mp3", "/home/x").slice(-3)).toEqual([
    resolve("/home/x/Music/Ada/one.mp3"),
    resolve("/home/x/Ada/one.mp3"),
    resolve("/home/x/one.mp3"),
  ]);
  const url = pathToFileURL("/a/b c.mp3").href;
  expect(trackPaths(url, "/home/x")[0]).toBe(resolve("/a/b c.mp3"));
  expect(trackPaths("https://a.invalid/b.mp3", "/home/x")).toEqual([]);
  expect(trackPaths("100%.mp3", "/home/x")).toEqual([resolve("/home/x/100%.mp3")]);
});
