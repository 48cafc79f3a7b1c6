import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, expect, test } from "vitest";
import { fixture, said, sampleAudio } from "../fixtures.testkit.ts";
import { splitTexts } from "../list/texts.ts";
import { readTable } from "./readTable.ts";
import { findColumns } from "./tableColumns.ts";
import { toItem } from "./toItem.ts";

const folder = mkdtempSync(join(tmpdir(), "mulan-table-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const audioFolder = sampleAudio;

test("a CSV of paths and tags gives items, and labels by how often they occur", async () => {
  const dataset = await readTable(fixture("tables/tags.csv"), { audioFolder, kind: "tagged" });
  expect(dataset.labels).toEqual(["drums", "bass", "guitar", "bass|upright"].sort(byCount));
  expect(dataset.items.map(({ id, tags, split }) => [id, split, ...tags])).toEqual([
    ["03-rock-band.mp3", "train", "drums", "guitar"],
    ["05-techno.mp3@2", "validation", "drums"],
    ["16-reggae.mp3", "test", "guitar", "bass|upright"],
    ["14-funk.mp3", "test", "bass", "drums"],
    ["06-chiptune.wav", "test"],
  ]);
  expect(dataset.items[1]).toMatchObject({ startSec: 2, durationSec: 5.5 });

  function byCount(a: string, b: string) {
    const counts: Record<string, number> = { drums: 3, guitar: 2, bass: 1, "bass|upright": 1 };
    return counts[b]! - counts[a]! || (a < b ? -1 : 1);
  }
});

test("each wrong row is named with its line, its column and what came", async () => {
  const { failures } = await readTable(fixture("tables/tags.csv"), { audioFolder });
  expect(said(failures)).toEqual([
    "tags.csv:10: the row has the wrong number of fields (expected 5 as in the header, got 2).",
    'tags.csv:7: column "Split" is wrong (expected train, validation or test, got "later").',
    'tags.csv:9: column "End" is wrong (expected a time after 9, got "7.5").',
    "nowhere.mp3: the audio file named in tags.csv:8 is not there.",
  ]);
});

test("captions come from TSV and JSONL, several to a file", async () => {
  const tsv = await readTable(fixture("tables/captions.tsv"), { audioFolder, kind: "captioned" });
  const jsonl = await readTable(fixture("tables/captions.jsonl"), { audioFolder });
  expect(tsv.items.map(({ captions }) => captions)).toEqual([
    ["A piano; nobody else.", "Night music."],
    ["One cello."],
  ]);
  expect(jsonl.kind === "captioned" && jsonl.items[1]!.captions).toEqual(["One cello | alone."]);
  expect(said(jsonl.failures)).toEqual([
    expect.stringMatching(/^captions\.jsonl:4:\d+: .*JSON/),
    expect.stringMatching(/^captions\.jsonl:5/),
    'captions.jsonl:6: column "path" is wrong (expected a path, got 7).',
  ]);
});

test("a Parquet that pyarrow wrote has lists of tags, an empty one among them", async () => {
  const dataset = await readTable(fixture("tables/tags.parquet"), { audioFolder, kind: "tagged" });
  expect(dataset.items.map(({ tags, split }) => [split, ...tags])).toEqual([
    ["train", "drums", "guitar"],
    ["validation", "drums"],
    ["test"],
  ]);
});

test("whole numbers of 64 bits in a Parquet are tags, times and ids, and are shown where they are wrong", async () => {
  const paths = ["14-funk.mp3", "16-reggae.mp3", "05-techno.mp3"];
  const table = parquetWriteBuffer({
    columnData: [
      { name: "id", data: [9007199254740993n, 2n, 3n], type: "INT64" },
      { name: "path", data: paths, type: "STRING" },
      { name: "label", data: [7n, 0n, 7n], type: "INT64" },
      { name: "start", data: [1n, -1n, 0n], type: "INT64" },
    ],
  });
  const list = written("whole.parquet", new Uint8Array(table));
  const { items, failures } = await readTable(list, { audioFolder, kind: "tagged" });
  expect(items.map(({ id, tags, startSec }) => [id, ...tags, startSec])).toEqual([
    ["9007199254740993", "7", 1],
    ["3", "7", 0],
  ]);
  expect(said(failures)).toEqual([
    'whole.parquet row 2: column "start" is wrong (expected a number of seconds, got -1).',
  ]);
  const byNumber = readTable(list, { audioFolder, columns: { path: "id" } });
  await expect(byNumber).rejects.toThrow("expected a path, got 9007199254740993");
});

test("sound inside a table is refused by its size, not written out", () => {
  const audio = { bytes: new Uint8Array(5e6), path: "a.wav" };
  const row = { cells: { audio, label: [1n, 2n] }, place: "hf.parquet row 1" };
  const columns = findColumns(["audio", "label"], "hf.parquet");
  expect(() => toItem(row, columns)).toThrow(
    'hf.parquet row 1: column "audio" is wrong (expected a path, got {"bytes":"5000000 bytes","path":"a.wav"}).',
  );
  expect(toItem({ ...row, cells: { ...row.cells, audio: "a.wav" } }, columns).texts).toEqual([
    "1",
    "2",
  ]);
});

test("columns can be named, and tags beside captions need a word", async () => {
  const both = written("both.csv", "sound;tags;caption\n14-funk.mp3;a,b;A caption\n");
  await expect(readTable(both, { audioFolder })).rejects.toThrow("columns: { path: … }");
  const columns = { path: "sound" };
  await expect(readTable(both, { audioFolder, columns })).rejects.toMatchObject({
    code: "dataset.ambiguous",
  });
  const tagged = await readTable(both, { audioFolder, columns, kind: "tagged", separator: "," });
  expect(tagged.labels).toEqual(["a", "b"]);
  const captioned = await readTable(both, {
    audioFolder,
    columns: { ...columns, captions: "caption" },
  });
  expect(captioned.kind).toBe("captioned");
  await expect(readTable(both, { audioFolder, columns: { path: "sond" } })).rejects.toThrow(
    'expected "sond", got "sound", "tags", "caption"',
  );
});

test("a column of groups, or another that is named as one, keeps rows together", async () => {
  const csv = "path,start,end,tags,group,artist\n";
  const rows = "14-funk.mp3,0,5,a,7,Ada\n14-funk.mp3,5,9,a,7,Ada\n16-reggae.mp3,,,b,,Ada\n";
  const list = written("groups.csv", csv + rows);
  const own = await readTable(list, { audioFolder, kind: "tagged" });
  expect(own.items.map(({ group }) => group)).toEqual(["7", "7", undefined]);
  expect(own.conventions).toContain('column "group" keeps items together');
  const columns = { group: "artist" };
  const byArtist = await readTable(list, { audioFolder, kind: "tagged", columns });
  expect(byArtist.items.map(({ group }) => group)).toEqual(["Ada", "Ada", "Ada"]);
  const lines = [7, [7]].map((group) =>
    JSON.stringify({ path: "14-funk.mp3", captions: "funk", id: String(group), group }),
  );
  const jsonl = written("groups.jsonl", `${lines[0]}\n${lines[1]?.replace('"7"', '"8"')}\n`);
  const captioned = await readTable(jsonl, { audioFolder, kind: "captioned" });
  expect(captioned.items.map(({ group }) => group)).toEqual(["7"]);
  expect(said(captioned.failures)).toEqual([
    'groups.jsonl:2: column "group" is wrong (expected a name, got [7]).',
  ]);
});

test("an id that stands for two sounds is a failure", async () => {
  const list = written(
    "ids.csv",
    "id,path,tags\n1,14-funk.mp3,a\n1,16-reggae.mp3,b\n1,14-funk.mp3,c\n",
  );
  const dataset = await readTable(list, { audioFolder, kind: "tagged" });
  expect(dataset.items[0]!.tags).toEqual(["a", "c"]);
  expect(said(dataset.failures)[0]).toContain(
    'ids.csv:3: the id "1" stands for two different things',
  );
});

test("no sound is opened: an empty file and a text are listed like any other", async () => {
  written("empty.wav", "");
  written("text.mp3", "no sound");
  const dataset = await readTable(written("odd-files.csv", "path,tags\nempty.wav,a\ntext.mp3,b\n"));
  expect(dataset.items.length).toBe(2);
  expect(dataset.failures).toEqual([]);
});

test("a quotation mark that goes astray stops with its line and column", async () => {
  const list = written("open.csv", 'path,tags\n14-funk.mp3,a\n"16-reggae.mp3,b\n14-funk.mp3,c\n');
  await expect(readTable(list, { audioFolder })).rejects.toThrow(
    "open.csv:3:1: a quotation mark is never",
  );
  const odd = written(
    "odd.csv",
    'path,tags\n14-funk.mp3,a\n16-reggae.mp3,"b" c\n14-funk.mp3,"d"\n',
  );
  await expect(readTable(odd, { audioFolder })).rejects.toThrow("odd.csv:3:15: a quotation mark");
});

test("empty and foreign files are refused", async () => {
  await expect(readTable(written("empty.csv", ""))).rejects.toMatchObject({
    code: "dataset.empty",
  });
  await expect(readTable(written("head.csv", "path,tags\n"))).rejects.toMatchObject({
    code: "dataset.empty",
  });
  await expect(readTable(written("x.xlsx", "PK"))).rejects.toThrow("got .xlsx");
  await expect(readTable(written("x.parquet", "PAR?"))).rejects.toMatchObject({
    code: "dataset.table",
  });
});

test("texts in a cell are parted by ; or | or stand in a JSON or Python list", () => {
  expect(splitTexts("a; b ;;a")).toEqual(["a", "b"]);
  expect(splitTexts("a|b c")).toEqual(["a", "b c"]);
  expect(splitTexts('["a;b", "c"]')).toEqual(["a;b", "c"]);
  expect(splitTexts("['it\\'s', \"she's\"]")).toEqual(["it's", "she's"]);
  expect(splitTexts("[]")).toEqual([]);
  expect(splitTexts("[live] rock")).toEqual(["[live] rock"]);
  expect(splitTexts("a,b", ",")).toEqual(["a", "b"]);
});
