import { resolve } from "node:path";
import { expect, test } from "vitest";
import { captionedDataset, taggedDataset } from "./ownDataset.ts";

const items = [
  { path: "a.wav", tags: ["drums", "rock"] },
  { path: "b.wav", tags: ["piano"], split: "test" as const },
  { path: "b.wav", startSec: 5, durationSec: 3, tags: ["rock", "rock"] },
];

test("tagged sounds of one's own are a data set: labels by frequency, paths absolute, parts told apart", () => {
  const dataset = taggedDataset("mine", items);
  expect(dataset.labels).toEqual(["rock", "drums", "piano"]);
  expect(dataset.items.map(({ id }) => id)).toEqual(["a.wav", "b.wav", "b.wav from 5 s for 3 s"]);
  expect(dataset.items[1]).toMatchObject({ path: resolve("b.wav"), split: "test" });
});

test("the hash is of the items as they were given, whichever folder they lie in", () => {
  const { sha256 } = taggedDataset("mine", items);
  expect(taggedDataset("other name", items).sha256).toBe(sha256);
  expect(taggedDataset("mine", items.slice(1)).sha256).not.toBe(sha256);
});

test("captioned sounds of one's own are a data set", () => {
  const dataset = captionedDataset("mine", [{ path: "a.wav", captions: ["a song"] }]);
  expect(dataset).toMatchObject({ kind: "captioned", items: [{ id: "a.wav" }] });
});

test("nothing, nothing tagged, and one id for two sounds are errors", () => {
  const twice = [items[0]!, items[0]!];
  expect(() => captionedDataset("mine", [])).toThrow("there are no items");
  expect(() => taggedDataset("mine", [{ path: "a.wav", tags: [] }])).toThrow("no item has a tag");
  expect(() => taggedDataset("mine", twice)).toThrow("two items have one id");
});

test("tags and captions that are no list of texts are refused, not taken letter by letter", () => {
  const own = (tags: unknown) => () => taggedDataset("mine", [{ path: "a.wav", tags } as never]);
  expect(own("rock")).toThrow(
    'mine: item 0 has no list of tags (expected tags: ["one", "another"], got "rock"). Write tags: ["rock"].',
  );
  expect(own([1])).toThrow("got [1]");
  expect(own(undefined)).toThrow("got nothing");
  expect(() =>
    captionedDataset("mine", [items[0], { path: "a.wav", captions: "a song" }] as never),
  ).toThrow("item 0 has no list of captions");
});

test("parts of a recording carry its name as their group, and a group without a name is refused", () => {
  const parts = [0, 30].map((startSec) => ({ ...items[0]!, startSec, group: "a concert" }));
  const { items: made, sha256 } = taggedDataset("mine", parts);
  expect(made.map(({ group }) => group)).toEqual(["a concert", "a concert"]);
  const bare = parts.map(({ group: _, ...part }) => part);
  expect(taggedDataset("mine", bare).sha256).not.toBe(sha256);
  expect(() => taggedDataset("mine", [{ ...items[0]!, group: " " }])).toThrow(
    /mine: a group needs a name .*got " "/,
  );
});
