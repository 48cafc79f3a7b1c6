import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fixture, said } from "./fixtures.testkit.ts";
import { readMagnaTagATune } from "./magnaTagATune.ts";

const folder = mkdtempSync(join(tmpdir(), "mulan-mtt-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("clips have their tags, their split by folder, and absolute paths", async () => {
  const dataset = await readMagnaTagATune(fixture("magnatagatune"));
  expect(dataset.name).toBe("MagnaTagATune (top 5)");
  expect(dataset.items.map(({ id, split, tags }) => [id, split, ...tags])).toEqual([
    ["2", "train", "slow", "accordion"],
    ["6", "train", "slow", "accordion", "bells"],
    ["10", "validation", "no voice", "bells"],
    ["11", "test", "slow", "no voice", "bells"],
    ["14", "test", "no voices"],
  ]);
  expect(dataset.items[0]!.path).toBe(
    fixture("magnatagatune/0/moss_quartet-low_tide-01-ferry-0-29.mp3"),
  );
});

test("labels are the most frequent tags over all clips, the corrupt ones not counted", async () => {
  const dataset = await readMagnaTagATune(fixture("magnatagatune"), { topTags: 3, split: "test" });
  // "slow" stands in three clips and in the corrupt one; ties stay in the file's order.
  expect(dataset.labels).toEqual(["slow", "no voice", "bells"]);
  expect(dataset.items.map(({ id, tags }) => [id, ...tags])).toEqual([
    ["11", "slow", "no voice", "bells"],
    ["14"],
  ]);
  expect(dataset.conventions).toContain("1 clips without any of the tags kept as negatives");
  expect(dataset.conventions).toContain("clips 35644, 55753, 57881 left out (corrupt)");
});

test("clips of one recording are a group where that is asked for", async () => {
  const annotations = join(folder, "recordings.csv");
  const lines = readFileSync(fixture("magnatagatune/annotations_final.csv"), "utf8").trimEnd();
  const other = lines
    .split("\n")
    .at(-1)!
    .replace(/^"\d+"/, '"99"')
    .replace(/"f\/[^"]*"/, '"f/moss_quartet-low_tide-01-ferry-59-88.mp3"');
  writeFileSync(annotations, `${lines}\n${other}\n`);
  const options = { withoutAudio: true, group: "recording" } as const;
  const { items, conventions } = await readMagnaTagATune(annotations, options);
  const ferry = items.filter(({ group }) => group === "moss_quartet-low_tide-01-ferry");
  expect(ferry.map(({ id }) => id)).toEqual(["2", "99"]);
  expect(new Set(items.map(({ group }) => group)).size).toBe(items.length - 1);
  expect(conventions).toContain("clips of one recording are kept together");
  const plain = await readMagnaTagATune(annotations, { withoutAudio: true });
  expect(plain.items.some((item) => "group" in item)).toBe(false);
});

test("a file that is not there is a failure, and all of them missing an error", async () => {
  const dataset = await readMagnaTagATune(fixture("magnatagatune/annotations_final.csv"));
  expect(said(dataset.failures)).toEqual([
    "tin_lantern-soot-06-never_stored-0-29.mp3: the audio file named in annotations_final.csv:8 is not there.",
  ]);
  await expect(
    readMagnaTagATune(fixture("magnatagatune"), { audioFolder: folder }),
  ).rejects.toMatchObject({ code: "dataset.no-audio" });
});

test("wrong cells are named by line and column while the rest is read", async () => {
  cpSync(fixture("magnatagatune"), folder, { recursive: true });
  const list = join(folder, "annotations_final.csv");
  const lines = readFileSync(list, "utf8").split("\r\n");
  lines[1] = lines[1]!.replace('"1"', '"yes"');
  lines[2] = lines[2]!.replace('"b/', '"x/');
  lines[3] = lines[3]!.replace('"0"\t', "");
  writeFileSync(list, lines.join("\r\n"));
  const dataset = await readMagnaTagATune(folder);
  expect(dataset.items.map(({ id }) => id)).toEqual(["11", "14"]);
  expect(said(dataset.failures).slice(0, 3)).toEqual([
    "annotations_final.csv:4: the row has the wrong number of fields (expected 7 as in the header, got 6).",
    'annotations_final.csv:2: column 2 ("slow") is wrong (expected 0 or 1, got "yes").',
    expect.stringContaining('annotations_final.csv:3: column 7 ("mp3_path") is wrong'),
  ]);
});

test("another table is refused by its header", async () => {
  const other = join(folder, "other.csv");
  writeFileSync(other, "path\ttags\na.wav\tb\n");
  await expect(readMagnaTagATune(other)).rejects.toThrow('expected "clip_id", got "path", "tags"');
  await expect(readMagnaTagATune(other, { topTags: 0 })).rejects.toThrow("topTags");
  await expect(readMagnaTagATune(join(folder, "none"))).rejects.toThrow("nothing of that name");
});
