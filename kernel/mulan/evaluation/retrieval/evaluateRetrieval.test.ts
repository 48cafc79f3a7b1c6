import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { AudioRef, CaptionedDataset, PlaylistDataset } from "../../datasets/dataset.ts";
import { SoundFolder } from "../dataset.testkit.ts";
import { letterModel } from "../letterModel.testkit.ts";
import { rankChance } from "./chance.ts";
import { evaluateRetrieval } from "./evaluateRetrieval.ts";

const cache = false;
const about = { name: "lists", sha256: "0".repeat(64), conventions: [], failures: [] };

function playlists(lists: Readonly<Record<string, readonly AudioRef[]>>): PlaylistDataset {
  const named = Object.entries(lists).map(([title, tracks]) => ({ id: title, title, tracks }));
  return { kind: "playlists", ...about, playlists: named };
}

function captions(items: readonly (AudioRef & { captions: string[] })[]): CaptionedDataset {
  return { kind: "captioned", ...about, items };
}

test("a title that fits its tracks finds them first", async () => {
  await using sounds = await SoundFolder.of("piano", "drum", "flute");
  const [piano, drum, flute] = ["piano", "drum", "flute"].map((name) => sounds.item(name));
  const dataset = playlists({ piano: [piano!], drums: [drum!], "flute drum": [flute!, drum!] });
  const report = await evaluateRetrieval(letterModel(), dataset, { cache });
  expect(report.queries.map(({ query, rank, rocAuc }) => [query, rank, rocAuc])).toEqual([
    ["piano", 1, 1],
    ["drums", 1, 1],
    ["flute drum", 1, 1],
  ]);
  expect(report.queries[2]!.relevant.map((i) => report.items[i]!.id)).toEqual(["flute", "drum"]);
  const figures = Object.fromEntries(report.measures.map(({ name, value }) => [name, value]));
  expect(figures).toMatchObject({ rocAuc: 1, recallAt1: 1, meanReciprocalRank: 1, medianRank: 1 });
  expect(report.scores.length).toBe(9);
  expect(inspect(report)).toContain("R@1");
});

test("a sound in several playlists is embedded and ranked once", async () => {
  await using sounds = await SoundFolder.of("piano", "drum");
  const model = letterModel();
  const piano = sounds.item("piano");
  const other = { ...piano, id: "the same file again" };
  const dataset = playlists({ piano: [piano], pianos: [other, sounds.item("drum")] });
  const report = await evaluateRetrieval(model, dataset, { cache });
  expect(report.items).toHaveLength(2);
  expect(model.asked.slice(1).flat()).toEqual(["piano", "drum"]);
  expect(report.queries[1]!.rocAuc).toBe(null);
});

test("a caption is answered by its own clip", async () => {
  await using sounds = await SoundFolder.of("piano", "drum", "flute");
  const dataset = captions([
    { ...sounds.item("piano"), captions: ["a piano", "flute"] },
    { ...sounds.item("drum"), captions: ["drum"] },
    { ...sounds.item("flute"), captions: [] },
  ]);
  const report = await evaluateRetrieval(letterModel(), dataset, { cache });
  expect(report.queries.map(({ relevant }) => relevant)).toEqual([[0], [0], [1]]);
  expect(report.queries.map(({ rank }) => rank > 1)).toEqual([false, true, false]);
});

test("a sound that fails takes only the queries that it alone answers", async () => {
  await using sounds = await SoundFolder.of("piano", "drum");
  const dataset = playlists({
    lost: [sounds.item("gone")],
    piano: [sounds.item("gone"), sounds.item("piano")],
    drum: [sounds.item("drum")],
  });
  const report = await evaluateRetrieval(letterModel(), dataset, { cache });
  expect(report.queries.map(({ query, relevant }) => [query, relevant])).toEqual([
    ["piano", [0]],
    ["drum", [1]],
  ]);
  expect(report.failures).toHaveLength(1);
  expect(report.conventions.join()).toContain("1 queries lost their text or all their sounds");
});

test("a query that the model cannot read is listed while the rest goes on", async () => {
  await using sounds = await SoundFolder.of("piano", "drum");
  const dataset = playlists({ piano: [sounds.item("piano")], "99": [sounds.item("drum")] });
  const report = await evaluateRetrieval(letterModel(), dataset, { cache });
  expect(report.queries.map(({ query }) => query)).toEqual(["piano"]);
  expect(report.items).toHaveLength(2);
  expect(report.failures[0]!.source).toBe("99");
});

test("playlists without a description ask nothing, and a caption is not theirs", async () => {
  await using sounds = await SoundFolder.of("piano");
  const dataset = playlists({ piano: [sounds.item("piano")] });
  const ask = (query: "description" | "caption") =>
    evaluateRetrieval(letterModel(), dataset, { query, cache });
  await expect(ask("description")).rejects.toThrow(/no description to ask with was found/);
  await expect(ask("caption")).rejects.toThrow(/expected "title" or "description"/);
});

test("chance is what a random order gives", () => {
  expect(rankChance(100, 1).recallAt(10)).toBeCloseTo(0.1, 12);
  expect(rankChance(4, 2).recallAt(1)).toBeCloseTo(0.5, 12);
  expect(rankChance(4, 4).reciprocalRank).toBe(1);
  expect(rankChance(3, 1).averagePrecision).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 12);
  // Orders of two relevant among three: 110, 101, 011.
  const orders = [1, (1 + 2 / 3) / 2, (1 / 2 + 2 / 3) / 2];
  expect(rankChance(3, 2).averagePrecision).toBeCloseTo(
    (orders[0]! + orders[1]! + orders[2]!) / 3,
    12,
  );
  expect(rankChance(3, 1).reciprocalRank).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 12);
});
