import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Embeddings } from "../embedding/embeddings.ts";
import { compare } from "./comparison/compare.ts";
import { evaluateTriplets } from "./evaluateTriplets.ts";
import { clipCalled, letterModel } from "./letterModel.testkit.ts";
import { lexicalOverlap } from "./lexicalOverlap.ts";
import { tripletsFromOntology } from "./tripletSources/fromOntology.ts";
import type { TripletSet } from "./tripletSources/tripletSet.ts";
import type { TripletRow } from "./triplets.ts";

const ROWS: TripletRow[] = [
  { anchor: "piano", positive: "pianos", negative: "drum" },
  { anchor: "drum", positive: "piano", negative: "drums" },
  { anchor: "flute", positive: "a flutist", negative: "a singer" },
];

/** A model of texts alone, as loadTextEncoder gives it. */
function textsOnly(id: string) {
  const { embedText } = letterModel(id);
  return { id, sha256: "f".repeat(64), embedText };
}

test("accuracy comes with its interval, chance and lexical overlap on the same triplets", async () => {
  const report = await evaluateTriplets(letterModel(), ROWS, { nResamples: 200 });
  const [accuracy] = report.measures;
  expect(accuracy).toMatchObject({ name: "accuracy", n: 3, chance: 0.5 });
  expect(accuracy!.value).toBeCloseTo(2 / 3, 12);
  const [low, high] = accuracy!.interval!;
  expect(low).toBeLessThan(2 / 3);
  expect(high).toBeGreaterThanOrEqual(2 / 3);
  expect(report.baselines.map(({ id }) => id)).toEqual(["chance", "lexical overlap"]);
  expect(report.baselines[0]!.accuracy).toMatchObject({ value: 0.5, interval: null, n: 3 });
  expect(report.baselines[1]!.accuracy.value).toBeCloseTo(2 / 3, 12);
  expect(report.data).toMatchObject({ name: "own triplets", n: 3 });
});

test("the same seed gives the same report, another one other intervals", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => {
    const { anchor, ...others } = ROWS[i % 3]!;
    return { anchor: `${anchor} ${i}`, ...others };
  });
  const measure = async (seed: number) =>
    (await evaluateTriplets(letterModel(), rows, { seed, nResamples: 50 })).measures;
  expect(await measure(1)).toEqual(await measure(1));
  expect(await measure(1)).not.toEqual(await measure(2));
});

test("triplets of one anchor count as one: copies of them make no interval narrower", async () => {
  const measure = (rows: readonly TripletRow[]) =>
    evaluateTriplets(letterModel(), rows, { nResamples: 300 });
  const once = await measure(ROWS);
  const often = await measure(ROWS.flatMap((row) => Array.from({ length: 20 }, () => row)));
  expect(often.measures[0]!.n).toBe(60);
  expect(often.measures[0]!.interval).toEqual(once.measures[0]!.interval);
  expect(often.baselines[1]!.accuracy.interval).toEqual(once.baselines[1]!.accuracy.interval);
  expect(often.conventions.join("\n")).toContain("bootstrap over 3 anchors");
});

test("what a set says belongs together is drawn together, alone and in a comparison", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => ROWS[i % 3]!);
  const set = (ofRows: number[]): TripletSet => ({
    kind: "triplet-set",
    name: "lists",
    sha256: "1".repeat(64),
    rows,
    clusters: { noun: "playlists", ofRows },
    conventions: [],
    failures: [],
  });
  // Right where letters are wrong, and the other way round: the difference is not the same everywhere.
  const wrongAboutFlutes = Embeddings.from({
    data: [
      [1, 0],
      [1, 0.1],
      [0.9, 0.5],
      [-1, 0],
      [1, 0],
      [0, 1],
      [1, 0],
    ],
    labels: ["piano", "pianos", "drum", "drums", "flute", "a flutist", "a singer"],
  });
  const width = ([low, high]: readonly [number, number]) => high - low;
  const both = async (ofRows: number[]) => {
    const models = [letterModel(), { text: wrongAboutFlutes, id: "given" }];
    const report = await compare(models, (one) => evaluateTriplets(one, set(ofRows)));
    const single = width(report.rows[0]!.measures[0]!.interval!);
    return { report, single, paired: width(report.differences[0]!.interval) };
  };
  const apart = await both(rows.map((_, i) => i));
  const together = await both(rows.map((_, i) => i % 3));
  expect(together.single).toBeGreaterThan(2 * apart.single);
  expect(together.paired).toBeGreaterThan(2 * apart.paired);
  const told = together.report.conventions.join("\n");
  expect(told).toContain("over 3 playlists, each drawn with all its triplets");
  expect(told).toContain("paired 95 % bootstrap over their 3 playlists");
});

test("lexical overlap that has nothing to go by counts as half right", async () => {
  const rows = [{ anchor: "sax", positive: "a reed", negative: "a bow" }];
  const { baselines } = await evaluateTriplets(letterModel(), rows);
  expect(baselines[1]!.accuracy.value).toBe(0.5);
});

test("lexical overlap sees letters within words only", () => {
  expect(lexicalOverlap("harp", "Harp!")).toBeCloseTo(1, 12);
  expect(lexicalOverlap("art", "harp")).toBe(0);
  expect(lexicalOverlap("violin", "violins")).toBeGreaterThan(0.7);
});

test("clips and texts mix; letters are compared where all three are texts", async () => {
  const mixed = [...ROWS, { anchor: clipCalled("piano"), positive: "piano", negative: "drum" }];
  const report = await evaluateTriplets(letterModel(), mixed);
  expect(report.measures[0]!.value).toBe(0.75);
  expect(report.baselines.map(({ accuracy }) => accuracy.n)).toEqual([4, 3]);
  expect(report.sources[3]![0]).toMatchObject({ label: "piano" });
});

test("a triplet whose member cannot be embedded is left out and named", async () => {
  const rows = [...ROWS, { anchor: "piano", positive: "77", negative: "drum" }];
  const report = await evaluateTriplets(letterModel(), rows);
  expect(report.data.n).toBe(3);
  expect(report.failures.map(({ source }) => source)).toEqual(["77"]);
  expect(report.conventions.join("\n")).toContain("1 triplets left out");
  await expect(evaluateTriplets(letterModel(), rows.slice(3))).rejects.toThrow(/no letter/);
});

test("a text encoder serves for texts, and says why not for clips", async () => {
  const report = await evaluateTriplets(textsOnly("words"), ROWS);
  expect(report.model).toMatchObject({ id: "words", sha256: "f".repeat(64), seenLabels: [] });
  const heard = [{ anchor: clipCalled("piano"), positive: "piano", negative: "drum" }];
  await expect(evaluateTriplets(textsOnly("words"), heard)).rejects.toMatchObject({
    code: "triplets.no-audio",
  });
});

test("embeddings made elsewhere serve too", async () => {
  const labels = [...new Set(ROWS.flatMap((row) => Object.values(row) as string[]))];
  const text = await letterModel().embedText(labels);
  const given = { text: Embeddings.from({ data: text.data, dim: text.dim, labels }), id: "given" };
  const report = await evaluateTriplets(given, ROWS);
  expect(report.model.id).toBe("given");
  expect(report.measures[0]!.value).toBeCloseTo(2 / 3, 12);
});

test("anchors that training had as labels are marked", async () => {
  const model = letterModel();
  const trainedOn = [{ dataset: "somewhere", labelsSeen: ["Piano"] }];
  const knowing = { ...model, manifest: { temperature: 1, trainedOn } };
  const { model: facts } = await evaluateTriplets(knowing, ROWS);
  expect(facts.seenLabels).toEqual(["piano"]);
});

test("encoders stand in one table, with baselines once", async () => {
  const models = [letterModel("letters"), textsOnly("words")];
  const report = await compare(models, (model) => evaluateTriplets(model, ROWS));
  expect(report.rows.map(({ id, kind }) => [id, kind])).toEqual([
    ["letters", "measured"],
    ["words", "measured"],
    ["chance", "baseline"],
    ["lexical overlap", "baseline"],
  ]);
  expect(report.differences[0]).toMatchObject({ difference: 0, interval: [0, 0] });
});

test("its text tells figures, baselines and how", async () => {
  const text = inspect(await evaluateTriplets(letterModel(), ROWS));
  expect(text).toMatch(/^Triplets: letters on own triplets \(3 triplets\)/);
  expect(text).toContain("lexical overlap: accuracy");
});

test("letters alone say little about our own concepts", async () => {
  const set = await tripletsFromOntology();
  const { baselines } = await evaluateTriplets(letterModel(), set, { nResamples: 50 });
  const { value, n } = baselines[1]!.accuracy;
  expect(n).toBe(set.rows.length);
  // No description holds its own concept's name, but relatives of its words do occur.
  expect(value).toBeGreaterThan(0.45);
  expect(value).toBeLessThan(0.7);
});
