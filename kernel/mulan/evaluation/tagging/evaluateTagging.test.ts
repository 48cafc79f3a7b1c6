import { inspect } from "node:util";
import { expect, test } from "vitest";
import { SoundFolder, taggedDataset } from "../dataset.testkit.ts";
import { letterModel } from "../letterModel.testkit.ts";
import { evaluateTagging } from "./evaluateTagging.ts";

const cache = false;

test("clips that are named after their tags rank first for them", async () => {
  await using sounds = await SoundFolder.of("piano", "drum", "pianos");
  const dataset = sounds.tagged("piano: piano", "drum: drum", "pianos: piano");
  const report = await evaluateTagging(letterModel(), dataset, { cache });
  expect(report.measures[0]).toMatchObject({ name: "rocAuc", value: 1, n: 2, chance: 0.5 });
  expect(report.labels.map(({ label, nPositive }) => [label, nPositive])).toEqual([
    ["piano", 2],
    ["drum", 1],
  ]);
  expect([...report.truth]).toEqual([1, 0, 0, 1, 1, 0]);
  expect(report.scores[0]).toBeCloseTo(1, 6);
  expect(report.items[1]).toMatchObject({ id: "drum", label: "drum", source: { startSec: 0 } });
});

test("files that fail are listed while the rest goes on", async () => {
  await using sounds = await SoundFolder.of("piano", "drum", "123");
  const dataset = sounds.tagged("piano: piano", "gone: drum", "123: drum", "drum: drum");
  const report = await evaluateTagging(letterModel(), dataset, { cache });
  expect(report.items.map(({ id }) => id)).toEqual(["piano", "drum"]);
  expect(report.failures.map(({ error }) => error.message)).toEqual([
    expect.stringContaining("gone.wav: there is no such file"),
    expect.stringContaining("there is no letter"),
  ]);
  expect(inspect(report)).toContain("2 failed:");
});

test("an excerpt is heard from where it begins, and the same one only once", async () => {
  await using sounds = await SoundFolder.of("piano", "drum");
  const model = letterModel();
  const piano = sounds.item("piano: piano");
  const dataset = taggedDataset([
    { ...piano, id: "a", startSec: 0.02, durationSec: 0.05 },
    { ...piano, id: "b", startSec: 0.02, durationSec: 0.05 },
    sounds.item("drum: drum"),
  ]);
  const report = await evaluateTagging(model, dataset, { cache });
  expect(report.items.map(({ id }) => id)).toEqual(["a", "b", "drum"]);
  expect(report.items[1]!.source).toMatchObject({ startSec: 0.02, durationSec: 0.05 });
  expect(model.asked.slice(1).flat()).toEqual(["piano", "drum"]);
});

test("labels that training saw are marked, and so is the data set", async () => {
  await using sounds = await SoundFolder.of("piano", "drum");
  const trainedOn = [{ dataset: "A Test", how: "tags", labelsSeen: ["Piano"] }];
  const model = { ...letterModel(), manifest: { temperature: 0.1, trainedOn } };
  const report = await evaluateTagging(model, sounds.tagged("piano: piano", "drum: drum"), {
    cache,
  });
  expect(report.model).toMatchObject({ seenLabels: ["piano"], seenHow: "tags" });
  expect(report.labels.map(({ seen }) => seen)).toEqual([true, false]);
});

test("only the test items count where there is a split", async () => {
  await using sounds = await SoundFolder.of("piano", "drum", "flute");
  const { items } = sounds.tagged("piano: piano", "drum: drum", "flute: drum");
  const dataset = taggedDataset(
    items.map((item, i) => ({ ...item, split: i < 2 ? ("test" as const) : ("train" as const) })),
  );
  const report = await evaluateTagging(letterModel(), dataset, { cache });
  expect(report.data.n).toBe(2);
  expect(report.conventions).toContain("the test items only");
  await expect(
    evaluateTagging(letterModel(), dataset, { split: "validation", cache }),
  ).rejects.toThrow(/no validation items.*test, train/);
});

test("a label without a clip, and labels chosen by name", async () => {
  await using sounds = await SoundFolder.of("piano", "drum");
  const dataset = {
    ...sounds.tagged("piano: piano", "drum: drum"),
    labels: ["piano", "drum", "oboe"],
  };
  const report = await evaluateTagging(letterModel(), dataset, { cache });
  expect(report.nLabelsLeftOut).toBe(1);
  expect(report.labels[2]).toMatchObject({ label: "oboe", rocAuc: null });
  const one = await evaluateTagging(letterModel(), dataset, { labels: ["drum"], cache });
  expect(one.labels.map(({ label }) => label)).toEqual(["drum"]);
  await expect(
    evaluateTagging(letterModel(), dataset, { labels: ["tuba"], cache }),
  ).rejects.toThrow(/does not know.*got "tuba"/);
});

test("progress counts sounds to the end", async () => {
  await using sounds = await SoundFolder.of("a", "b");
  const seen: string[] = [];
  await evaluateTagging(letterModel(), sounds.tagged("a: a", "gone: b", "b: b"), {
    cache,
    onProgress: ({ label, done, total }) => seen.push(`${label} ${done}/${total}`),
  });
  expect(seen).toContain("embedding audio 3/3");
});

test("no sound at all is an error with the first reason", async () => {
  await using sounds = await SoundFolder.of("piano");
  await expect(
    evaluateTagging(letterModel(), sounds.tagged("gone: a", "lost: b"), { cache }),
  ).rejects.toThrow(/none of the 2 sounds.*gone.wav/);
});
