import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { Split, TaggedItem } from "../../datasets/dataset.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { compare } from "../comparison/compare.ts";
import { taggedDataset } from "../dataset.testkit.ts";
import { evaluateProbe } from "./evaluateProbe.ts";

const random = seededRandom(7);
const rows = Array.from({ length: 60 }, () =>
  Float32Array.from({ length: 8 }, () => random() - 0.5),
);
const splitOf = (i: number): Split => (i < 40 ? "train" : i < 50 ? "validation" : "test");
const odd = (i: number) => i % 2 === 1;
const items: TaggedItem[] = rows.map((row, i) => ({
  id: `row ${i}`,
  path: `/nowhere/${i}.flac`,
  split: splitOf(i),
  tags: [
    ...(row[0]! > 0 ? ["easy"] : []),
    ...(i >= 40 && odd(i) ? ["never in training"] : []),
    ...(i < 40 || odd(i) ? ["always in training"] : []),
  ],
}));
const constant = ["never in training", "always in training"];
const audio = Embeddings.from({ data: rows, labels: items.map(({ id }) => id) });
const dataset = { ...taggedDataset(items), labels: ["easy", ...constant] };
const options = { nResamples: 50, fewShot: [2] };

test("labels of one class in training are in no mean, are counted, and are named", async () => {
  const alone = await evaluateProbe({ audio }, dataset, { ...options, labels: ["easy"], c: 1 });
  const report = await evaluateProbe({ audio }, dataset, { ...options, c: 1 });
  expect(report.measures).toEqual(alone.measures);
  expect(report.nLabelsLeftOut).toBe(2);
  expect(report.constantLabels).toEqual(constant);
  expect(alone).not.toHaveProperty("constantLabels");
  expect(report.labels.map(({ rocAuc }) => rocAuc)).toEqual([alone.labels[0]!.rocAuc, null, null]);
  expect(report.labels.map(({ nPositive }) => nPositive)).toEqual([expect.any(Number), 5, 5]);
  expect(report.scores).toHaveLength(10 * 3);
  expect(report.conventions.join("\n")).toMatch(
    /2 labels left out of every figure that all training items have, or none: never in training, always/,
  );
  expect(inspect(report)).toMatch(/left out, since all training items have them, or none: never/);
});

test("nor do they weigh in validation, in few shots, or in differences", async () => {
  const alone = await evaluateProbe({ audio }, dataset, { ...options, labels: ["easy"] });
  const report = await evaluateProbe({ audio }, dataset, options);
  expect(report.triedC).toEqual(alone.triedC);
  expect(report.fewShot[0]!.rocAuc).toBeGreaterThan(0.6);
  const other = await evaluateProbe({ audio }, dataset, { ...options, c: 1e-4 });
  const { differences, conventions } = await compare([report, other]);
  const value = ({ measures }: typeof report) => measures[0]!.value;
  expect(differences[0]!.difference).toBeCloseTo(value(other) - value(report), 12);
  expect(conventions.join()).toContain("differences leave out 2 labels");
});

test("nothing but such labels is no figure, and few shots without negatives are none", async () => {
  await expect(evaluateProbe({ audio }, dataset, { labels: constant })).rejects.toThrow(
    /nothing to learn.*some training items have and others have not.*got 40 training/,
  );
  const one = await evaluateProbe({ audio }, dataset, { ...options, labels: ["easy"] });
  expect(one.fewShot).toEqual([]);
  expect(one.conventions.join()).toContain("1 of 1 sizes left out, whose draws have no negatives");
});
