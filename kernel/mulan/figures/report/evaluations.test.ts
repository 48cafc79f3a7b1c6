// Reports as the evaluations really make them: each is drawn, says its figures in text, and names no path.
import { expect, test } from "vitest";
import type { TaggedItem } from "../../datasets/dataset.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { compare } from "../../evaluation/comparison/compare.ts";
import { SoundFolder, taggedDataset } from "../../evaluation/dataset.testkit.ts";
import { evaluateTriplets } from "../../evaluation/evaluateTriplets.ts";
import { letterModel } from "../../evaluation/letterModel.testkit.ts";
import { evaluateProbe } from "../../evaluation/probe/evaluateProbe.ts";
import type { Report } from "../../evaluation/report.ts";
import { evaluateRetrieval } from "../../evaluation/retrieval/evaluateRetrieval.ts";
import { evaluateTagging } from "../../evaluation/tagging/evaluateTagging.ts";
import { sceneOf } from "../bundle.ts";
import type { ReportFigure } from "../contractReport.ts";
import { randomNumbers } from "../figures.testkit.ts";
import { layoutFaults } from "../scene/bounds.ts";
import { toBundle } from "../toBundle.ts";

const labels = ["piano", "drum", "flute"];
const splits = ["train", "train", "validation", "test"] as const;
const items: TaggedItem[] = Array.from({ length: 120 }, (_, i) => ({
  id: `clip ${i}`,
  path: `/a/secret/folder/${i}.mp3`,
  tags: [labels[i % 3]!],
  split: splits[Math.floor(i / 3) % 4]!,
}));
const dataset = { ...taggedDataset(items), labels };

function fixed(id: string, noise: number) {
  const random = randomNumbers(noise * 1000);
  const near = (label: number): number[] =>
    labels.map((_, k) => (k === label ? 1 : 0) + noise * (random() - 0.5));
  return {
    id,
    audio: Embeddings.from({ data: items.map((_, i) => near(i % 3)) }),
    ids: items.map((item) => item.id),
    text: Embeddings.from({ data: labels.map((_, k) => near(k)), labels }),
  };
}

async function drawn(report: Report): Promise<string> {
  const bundle = (await toBundle(report))!;
  const figure = bundle["application/vnd.mulan.report.v1+json"] as ReportFigure;
  expect(figure.task).toBe(report.task);
  expect(layoutFaults(sceneOf(figure))).toEqual([]);
  expect(JSON.stringify(figure)).not.toContain("secret");
  return bundle["text/plain"];
}

test("tagging, a probe and a comparison of given embeddings are drawn", async () => {
  const options = { nResamples: 50 };
  const tagging = await evaluateTagging(fixed("near", 1), dataset, options);
  expect(await drawn(tagging)).toContain(tagging.measures[0]!.value.toFixed(3));
  const probe = await evaluateProbe(fixed("near", 3), dataset, { ...options, fewShot: [2, 8] });
  expect(await drawn(probe)).toContain(`chosen C ${probe.chosenC}`);
  const far = await evaluateTagging(fixed("far", 4), dataset, options);
  const both = await compare([tagging, far], { nResamples: 50 });
  expect(await drawn(both)).toMatch(/far minus near: −0\.\d+/);
});

test("retrieval and triplets of a model are drawn", async () => {
  await using sounds = await SoundFolder.of("piano", "drum", "flute");
  const captioned = ["piano", "drum", "flute"].map((name) => ({
    ...sounds.item(name),
    captions: [`${name} music`],
  }));
  const about = { name: "captions", sha256: "0".repeat(64), conventions: [], failures: [] };
  const retrieval = await evaluateRetrieval(
    letterModel(),
    { kind: "captioned", ...about, items: captioned },
    { cache: false, nResamples: 20 },
  );
  expect(await drawn(retrieval)).toContain("R@1");
  const rows = [
    { anchor: "piano", positive: "pianos", negative: "drum" },
    { anchor: "drum", positive: "piano", negative: "drums" },
  ];
  const triplets = await evaluateTriplets(letterModel(), rows, { nResamples: 20 });
  expect(await drawn(triplets)).toContain("lexical overlap");
});
