import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { float32Of, readGoldens } from "../../../../test/support/safetensors.ts";
import type { Split, TaggedItem } from "../../datasets/dataset.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { saveEmbeddings } from "../../embedding/files/embeddingFiles.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { SoundFolder, taggedDataset } from "../dataset.testkit.ts";
import { letterModel } from "../letterModel.testkit.ts";
import { evaluateProbe } from "./evaluateProbe.ts";
import { seededSplit } from "./seededSplit.ts";

const goldens = join(packageRoot, "test/goldens/evaluation");
const { tensors, metadata } = readGoldens(join(goldens, "probe.safetensors"));
const dim = Number(metadata.dim);
const nLabels = Number(metadata.nLabels);
const rows = float32Of(tensors.get("rows")!);
const truth = tensors.get("truth")!.bytes;
const labels = Array.from({ length: nLabels }, (_, i) => `label ${i}`);
const splitOf = (i: number): Split => (i < 200 ? "train" : i < 300 ? "validation" : "test");

const items: TaggedItem[] = Array.from({ length: rows.length / dim }, (_, i) => ({
  id: `row ${i}`,
  path: `/nowhere/${i}.flac`,
  tags: labels.filter((_, label) => truth[i * nLabels + label] === 1),
  split: splitOf(i),
}));
const dataset = { ...taggedDataset(items), labels };
const audio = Embeddings.from({ data: rows, dim, labels: items.map(({ id }) => id) });

interface Golden {
  readonly c: number;
  readonly validation: number;
  readonly [measure: string]: number;
}

test("from an embeddings file to the figures, all is scikit-learn's to 1e-3", async () => {
  const golden = JSON.parse(readFileSync(join(goldens, "evaluate-probe.json"), "utf8")) as {
    tried: Golden[];
    best: Golden;
  };
  const folder = await mkdtemp(join(tmpdir(), "mulan-probe-"));
  await saveEmbeddings(audio, join(folder, "audio.npz"));
  const report = await evaluateProbe({ audio: join(folder, "audio.npz") }, dataset);
  await rm(folder, { recursive: true });
  expect(report.chosenC).toBe(golden.best.c);
  for (const [i, { c, rocAuc }] of report.triedC.entries()) {
    expect(c).toBe(golden.tried[i]!.c);
    expect(Math.abs(rocAuc - golden.tried[i]!.validation)).toBeLessThan(1e-3);
  }
  expect(report.measures).toHaveLength(4);
  for (const { name, value, interval } of report.measures) {
    expect(Math.abs(value - golden.best[name]!)).toBeLessThan(1e-3);
    expect(interval![0]).toBeLessThan(value);
    expect(interval![1]).toBeGreaterThan(value);
  }
  expect(report.items[0]!.id).toBe("row 300");
});

test("more positives a label teach more, and a single C is taken as it is", async () => {
  const options = { c: 1, fewShot: [1, 50], nResamples: 50, seed: 3 };
  const report = await evaluateProbe({ audio }, dataset, options);
  expect(report.triedC).toEqual([]);
  const [few, many] = report.fewShot;
  expect(many!.rocAuc).toBeGreaterThan(few!.rocAuc);
  expect(few!.interval[0]).toBeLessThan(few!.rocAuc);
  expect(await evaluateProbe({ audio }, dataset, options)).toMatchObject({
    fewShot: report.fewShot,
  });
  expect(inspect(report)).toContain("50 positives a label");
  await expect(evaluateProbe({ audio }, dataset, { c: 1, fewShot: [0] })).rejects.toThrow(/got 0/);
});

test("a data set without a split gets a seeded one, and says so", async () => {
  const plain = { ...dataset, items: items.map(({ split, ...item }) => item) };
  const report = await evaluateProbe({ audio }, plain, { nResamples: 50 });
  expect(report.conventions.join()).toMatch(
    /12:1:3 drawn with seed 0.*: 33\d train, 2\d validation, 8\d test/,
  );
});

test("training items stand in for missing validation ones", async () => {
  const two = items.map((item) =>
    item.split === "validation" ? { ...item, split: "train" as const } : item,
  );
  const report = await evaluateProbe({ audio }, { ...dataset, items: two }, { nResamples: 50 });
  expect(report.conventions.join()).toMatch(/validation: (19|2\d) of its training items/);
  expect(report.data.n).toBe(150);
  const onlyTest = items.map((item) => ({ ...item, split: "test" as const }));
  await expect(evaluateProbe({ audio }, { ...dataset, items: onlyTest })).rejects.toThrow(
    /to learn from and to be tested on.*got test/,
  );
});

test("clips of a few files are probed through the model", async () => {
  const names = ["piano", "pianos", "drum", "drums", "piano piano", "drum drum"];
  await using sounds = await SoundFolder.of(...names);
  const few = names.map((name, i) => ({
    ...sounds.item(`${name}: ${name.startsWith("piano") ? "piano" : "drum"}`),
    split: i < 4 ? ("train" as const) : ("test" as const),
  }));
  const report = await evaluateProbe(letterModel(), taggedDataset(few), { cache: false });
  expect(report.measures[0]!.value).toBe(1);
  expect(report.items.map(({ id }) => id)).toEqual(["piano piano", "drum drum"]);
});

test("a drawn split keeps its proportions, spreads rare labels and repeats itself", () => {
  const many = Array.from({ length: 160 }, (_, i) => ({
    tags: [...(i % 10 === 0 ? ["rare"] : []), i % 2 === 0 ? "even" : "odd"],
  }));
  const splits = seededSplit(many, 7);
  const count = (split: Split, tag?: string) =>
    many.filter(({ tags }, i) => splits[i] === split && (!tag || tags.includes(tag))).length;
  expect([count("train"), count("validation"), count("test")]).toEqual([120, 10, 30]);
  expect([count("train", "rare"), count("validation", "rare"), count("test", "rare")]).toEqual([
    12, 1, 3,
  ]);
  expect(seededSplit(many, 7)).toEqual(splits);
  const lonely = Array.from({ length: 32 }, (_, i) => ({ tags: [`only ${i}`] }));
  const parts = seededSplit(lonely, 0);
  expect(parts.filter((split) => split === "test")).toHaveLength(6);
  expect(parts.filter((split) => split === "validation")).toHaveLength(2);
  expect(seededSplit(many, 8)).not.toEqual(splits);
});
