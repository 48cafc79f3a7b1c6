import { expect, test } from "vitest";
import { publishedRows } from "./published.ts";
import { isSameDataset } from "./sameDataset.ts";
import { reportModel } from "./seenLabels.ts";

test.each([
  ["MagnaTagATune", "MagnaTagATune (top 50)"],
  ["mtt", "MagnaTagATune (top 50, test)"],
  ["AudioSet", "AudioSet (music-genres-25)"],
  ["AudioSet dataset", "audioset"],
  ["Song Describer Dataset", "Song Describer (valid)"],
  ["SDD", "Song Describer"],
  ["Million Song Dataset (Last.fm tags)", "MSD"],
  ["my own list", "My-own_list"],
])("%s and %s are one data set", (a, b) => {
  expect(isSameDataset(a, b)).toBe(true);
  expect(isSameDataset(b, a)).toBe(true);
});

test.each([
  ["Debian game music packages", "d"],
  ["AudioSet", "audio"],
  ["MusicCaps", "music"],
  ["MusicCaps", "MusicCaps of mine"],
  ["(top 50)", "dataset"],
  ["", ""],
])("%s and %s are not", (a, b) => {
  expect(isSameDataset(a, b)).toBe(false);
  expect(isSameDataset(b, a)).toBe(false);
});

test("a folder whose name only begins like a data set of training has no seen labels", () => {
  const trainedOn = [
    { dataset: "Debian game music packages", how: "recordings" },
    { dataset: "AudioSet", how: "tags" },
  ];
  const model = { id: "m", manifest: { temperature: 0.1, trainedOn } };
  for (const folder of ["d", "audio", "Debian"]) {
    const unseen = { seenLabels: [], seenHow: null };
    expect(reportModel(model, folder, ["piano", "drum"])).toMatchObject(unseen);
  }
  const seen = { seenLabels: ["piano"], seenHow: "tags" };
  expect(reportModel(model, "audioset", ["piano"])).toMatchObject(seen);
});

test("figures are quoted for the data set that they are of, not for one that begins alike", () => {
  expect(publishedRows("tagging", "MagnaTagATune (top 50)")).not.toEqual([]);
  expect(publishedRows("retrieval", "MusicCaps")).not.toEqual([]);
  expect(publishedRows("retrieval", "MusicCaps-of-mine")).toEqual([]);
});
