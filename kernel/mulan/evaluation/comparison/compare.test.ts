import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { CaptionedDataset } from "../../datasets/dataset.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { taggedDataset } from "../dataset.testkit.ts";
import { type FixedEmbeddingsInit, fixedEmbeddings } from "../given/fixedEmbeddings.ts";
import { evaluateRetrieval } from "../retrieval/evaluateRetrieval.ts";
import { evaluateTagging } from "../tagging/evaluateTagging.ts";
import { compare } from "./compare.ts";

const labels = ["piano", "drum"];
const items = Array.from({ length: 40 }, (_, i) => ({
  id: `clip ${i}`,
  path: `/nowhere/${i}.mp3`,
  tags: [labels[i % 2]!],
}));
const dataset = { ...taggedDataset(items), name: "MagnaTagATune (top 50)" };
const text = Embeddings.from({
  data: [
    [1, 0],
    [0, 1],
  ],
  labels,
});

/** Rows that lie near their label, all but every `every`-th, which lie near the other. */
function wrongAtEvery(every: number, n = 40): FixedEmbeddingsInit {
  const data = items.slice(0, n).map((_, i) => {
    const right = i % every !== 0;
    const angle = ((i % 2 === 0) === right ? 0.1 : 1.4) + i / 1000;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const ids = items.slice(0, n).map(({ id }) => id);
  return { audio: Embeddings.from({ data }), ids, text, id: `wrong at every ${every}` };
}

const evaluation = (model: FixedEmbeddingsInit) =>
  evaluateTagging(model, dataset, { nResamples: 200 });

test("a better model stands above a worse one, beyond chance", async () => {
  const report = await compare([wrongAtEvery(3), wrongAtEvery(20)], evaluation);
  expect(report.rows.map(({ id, kind }) => [id, kind])).toEqual([
    ["wrong at every 3", "measured"],
    ["wrong at every 20", "measured"],
  ]);
  const [auc] = report.differences;
  expect(auc).toMatchObject({ a: "wrong at every 3", b: "wrong at every 20", measure: "rocAuc" });
  const [a, b] = report.rows.map(({ measures }) => measures[0]!.value);
  expect(auc!.difference).toBeCloseTo(b! - a!, 10);
  expect(auc!.interval[0]).toBeGreaterThan(0);
  expect(report.reports).toHaveLength(2);
});

test("a model against itself differs by nothing at all", async () => {
  const report = await compare([wrongAtEvery(3), wrongAtEvery(3)], evaluation);
  expect(report.rows[1]!.id).toBe("wrong at every 3 (2)");
  expect(report.differences[0]).toMatchObject({ difference: 0, interval: [0, 0] });
  expect(inspect(report)).toContain("could be chance");
});

test("models that miss some items are compared on what both have", async () => {
  const reports = [await evaluation(wrongAtEvery(3)), await evaluation(wrongAtEvery(20, 30))];
  const report = await compare(reports, { names: ["all", "some"] });
  expect(report.data.n).toBe(30);
  expect(report.rows.map(({ measures }) => measures[0]!.n)).toEqual([2, 2]);
  expect(report.failures).toHaveLength(10);
  expect(report.differences[0]).toMatchObject({ a: "all", b: "some" });
});

test("published figures are quoted, and in no difference", async () => {
  const report = await compare([wrongAtEvery(3), wrongAtEvery(4)], evaluation, { published: true });
  const quoted = report.rows.filter(({ kind }) => kind === "quoted");
  expect(quoted.find(({ id }) => id === "MuLan")).toMatchObject({
    from: expect.stringContaining("arXiv 2208.12415"),
    measures: [{ name: "rocAuc", value: 0.782, interval: null }],
  });
  const compared = report.differences.flatMap(({ a, b }) => [a, b]);
  expect(compared.every((id) => id.startsWith("wrong"))).toBe(true);
});

test("figures of one's own choice are quoted with where they stand, and must be figures", async () => {
  const ours = await evaluation(wrongAtEvery(3));
  const card = { id: "baseline", from: "the model's card", measures: { rocAuc: 0.6 }, n: 2 };
  const report = await compare([ours], { published: [card] });
  expect(report.rows.at(-1)).toMatchObject({
    id: "baseline",
    kind: "quoted",
    from: "the model's card",
    measures: [{ label: "ROC-AUC (macro)", value: 0.6, interval: null, n: 2 }],
  });
  expect(report.conventions.join("\n")).toContain("quoted: figures from publications");
  const percent = { ...card, measures: { rocAuc: 60 } };
  await expect(compare([ours], { published: [percent] })).rejects.toThrow(/shares.*got rocAuc: 60/);
});

test("different data, a single model and names that do not fit are refused", async () => {
  const one = await evaluation(wrongAtEvery(3));
  const other = await evaluateTagging(wrongAtEvery(3), { ...dataset, sha256: "1".repeat(64) });
  const fewer = await evaluateTagging(wrongAtEvery(3), dataset, { labels: ["drum"] });
  await expect(compare([one, other])).rejects.toThrow(/different data.*00000000.*11111111/);
  await expect(compare([one, fewer])).rejects.toThrow(/2 labels.*1 labels/);
  await expect(compare([one])).rejects.toThrow(/two models or more/);
  await expect(compare([one, one], { names: ["a"] })).rejects.toThrow(/expected 2 of them, got 1/);
});

/** What a notebook, which no compiler checks, may pass. */
const loosely = compare as (...given: unknown[]) => Promise<unknown>;

test("what is no report is refused with what to write", async () => {
  const [a, b] = [await evaluation(wrongAtEvery(3)), await evaluation(wrongAtEvery(4))];
  const comparison = await compare([a, b]);
  await expect(loosely([comparison, comparison])).rejects.toThrow(
    /no report that can be compared.*got a report \(comparison\).*compare\(\[\.\.\.a\.reports/,
  );
  const model = await fixedEmbeddings(wrongAtEvery(4));
  await expect(loosely([model, model])).rejects.toThrow(
    /got a model\)\. Say how each is evaluated/,
  );
  await expect(loosely([a, undefined])).rejects.toThrow(/got undefined/);
  await expect(loosely(a, b)).rejects.toThrow(/takes a list.*got a report \(tagging\)/);
  let nRuns = 0;
  const forgetful = async (one: FixedEmbeddingsInit) => {
    nRuns++;
    await evaluation(one);
  };
  await expect(loosely([model, model], forgetful)).rejects.toThrow(
    /result is no report.*undefined/,
  );
  expect(nRuns).toBe(1);
  await expect(loosely([model, model], evaluation(wrongAtEvery(3)))).rejects.toThrow(/promise/);
});

test("a quotation under a name that no report knows is refused, before the work", async () => {
  const card = { id: "baseline", from: "the model's card" };
  const never = () => Promise.reject(new Error("evaluated"));
  const quoting = (published: unknown) => loosely([{}, {}], never, { published });
  await expect(quoting([{ ...card, measures: { auc: 0.8 } }])).rejects.toThrow(
    /name that no report knows \(expected rocAuc, averagePrecision, .*got auc/,
  );
  await expect(quoting({ auc: 0.8 })).rejects.toThrow(
    /this quotes nothing.*published: true, or \[/,
  );
  await expect(quoting([{ auc: 0.8 }])).rejects.toThrow(/this quotes nothing/);
  await expect(loosely([{}, {}], never, { names: ["a"] })).rejects.toThrow(/expected 2 of them/);
});

test("a model and embeddings of a file stand in one table", async () => {
  const model = await fixedEmbeddings({ ...wrongAtEvery(4), id: "as a model" });
  const report = await compare([model, wrongAtEvery(3)], (one) => evaluateTagging(one, dataset));
  expect(report.rows.map(({ id }) => id)).toEqual(["as a model", "wrong at every 3"]);
});

const captioned: CaptionedDataset = {
  kind: "captioned",
  name: "captions",
  sha256: "2".repeat(64),
  conventions: [],
  failures: [],
  items: items.map(({ id, path, tags }) => ({ id, path, captions: tags })),
};
const retrieval = (model: FixedEmbeddingsInit) =>
  evaluateRetrieval(model, captioned, { nResamples: 200 });

/** The same model without some of its rows. */
function lacking(model: FixedEmbeddingsInit, ...missing: readonly number[]): FixedEmbeddingsInit {
  const audio = model.audio as Embeddings;
  const kept = items.map((_, i) => i).filter((i) => !missing.includes(i));
  return { ...model, audio: audio.select(kept), ids: kept.map((i) => items[i]!.id) };
}

test("retrievals of different sounds are ranked anew among the sounds that all have", async () => {
  const [a, b] = [wrongAtEvery(3), wrongAtEvery(7)];
  const [first, second] = [lacking(a, 0, 5, 6), lacking(b, 6, 30)];
  const report = await compare([first, second], retrieval, { nResamples: 200 });
  // What both would have been, had nobody had the others.
  const alone = [
    await retrieval(lacking(a, 0, 5, 6, 30)),
    await retrieval(lacking(b, 0, 5, 6, 30)),
  ];
  for (const [i, { measures }] of report.rows.entries()) {
    expect(measures).toEqual(alone[i]!.measures);
    const own = report.reports[i]!;
    expect("measures" in own && own.measures).not.toEqual(measures);
  }
  expect(report.differences.map(({ measure }) => measure)).toEqual(
    alone[0]!.measures.map(({ name }) => name),
  );
  for (const [i, { difference }] of report.differences.entries()) {
    const [of, to] = alone.map(({ measures }) => measures[i]!.value);
    expect(difference).toBeCloseTo(to! - of!, 10);
  }
  expect(report.data.n).toBe(36);
  expect(report.conventions).toContain(
    "ranks taken anew among the 36 sounds that all models have (they had 37, 38)",
  );
  expect(report.conventions.join("\n")).toContain("on the 36 queries that all have");
  // A report for itself stays what it was.
  expect(report.reports.map(({ data }) => data.n)).toEqual([37, 38]);
});

test("retrievals of the same sounds keep their ranks, and none in common are refused", async () => {
  const reports = [await retrieval(wrongAtEvery(3)), await retrieval(wrongAtEvery(7))];
  const report = await compare(reports);
  expect(report.rows.map(({ measures }) => measures)).toEqual(
    reports.map(({ measures }) => measures),
  );
  expect(report.conventions).toContain("every model ranked the same 40 sounds");
  const half = (from: number) => items.map((_, i) => i).filter((i) => i % 2 === from);
  const apart = [0, 1].map((from) => lacking(wrongAtEvery(3), ...half(from)));
  await expect(compare(apart, retrieval)).rejects.toThrow(/no sounds in common/);
});
