// The closed form behind all of these: k copies of every clip, each clip with its copies one group, know exactly what the
// clips alone know. Intervals by group must be those of the clips alone; without groups they come out too narrow.
import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { CaptionedDataset, Split, TaggedItem } from "../datasets/dataset.ts";
import { Embeddings } from "../embedding/embeddings.ts";
import { seededRandom } from "../embedding/projection/random.ts";
import { compare } from "./comparison/compare.ts";
import { taggedDataset } from "./dataset.testkit.ts";
import { groupNumbers } from "./groups.ts";
import { drawFewShot } from "./logistic/drawFewShot.ts";
import { bootstrap } from "./measures/bootstrap.ts";
import { bootstrapLabels } from "./measures/bootstrapLabels.ts";
import { evaluateProbe } from "./probe/evaluateProbe.ts";
import { seededSplit } from "./probe/seededSplit.ts";
import { splitItems } from "./probe/splitRows.ts";
import type { Measured } from "./report.ts";
import { evaluateRetrieval } from "./retrieval/evaluateRetrieval.ts";
import { evaluateTagging } from "./tagging/evaluateTagging.ts";

const dim = 6;
const copies = 4;
const labels = ["piano", "drum", "flute"];

/** Clips whose embeddings lean towards their tags. */
function makeClips(n: number, seed: number) {
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const tags = labels.filter((_, label) => i % 5 === label || random() < 0.2);
    const row = Array.from({ length: dim }, () => random() - 0.5);
    for (const tag of tags) row[labels.indexOf(tag)]! += 0.35;
    const split: Split = i % 10 < 5 ? "train" : i % 10 < 7 ? "validation" : "test";
    return { id: `clip ${i}`, path: `/nowhere/${i}.flac`, tags, row: unit(row), split };
  });
}

function unit(row: readonly number[]): number[] {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}

type Clip = ReturnType<typeof makeClips>[number];

function itemsOf(clips: readonly Clip[], withSplit = true): TaggedItem[] {
  return clips.map(({ row: _, split, ...item }) => (withSplit ? { ...item, split } : item));
}

/** Each clip `copies` times, block by block, grouped by the clip that it is of. */
function copiesOf(clips: readonly Clip[]): (Clip & { group: string })[] {
  return Array.from({ length: copies }, (_, copy) =>
    clips.map((clip) => ({ ...clip, id: `${clip.id}, copy ${copy}`, group: clip.id })),
  ).flat();
}

function modelOf(clips: readonly Clip[], id = "given") {
  const audio = Embeddings.from({ data: clips.map(({ row }) => row), dim });
  const data = labels.map((_, label) => Array.from({ length: dim }, (_, i) => Number(i === label)));
  return { audio, ids: clips.map(({ id }) => id), text: Embeddings.from({ data, labels }), id };
}

const datasetOf = (items: readonly TaggedItem[]) => ({ ...taggedDataset(items), labels });

/** Only rounding apart: the same draws of as many groups as there were clips. */
function expectAlike(got: readonly Measured[], wanted: readonly Measured[], digits = 10): void {
  expect(got.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
  for (const [i, { value, interval }] of got.entries()) {
    expect(value).toBeCloseTo(wanted[i]!.value, digits);
    expect(interval![0]).toBeCloseTo(wanted[i]!.interval![0], digits);
    expect(interval![1]).toBeCloseTo(wanted[i]!.interval![1], digits);
  }
}

const width = ({ interval }: Measured) => interval![1] - interval![0];
const clips = makeClips(60, 1);
const many = copiesOf(clips);

test("numbers of groups follow their first places, and what has none stands alone", () => {
  const grouped = [{ group: "b" }, {}, { group: "a" }, { group: "b" }, {}];
  expect(groupNumbers(grouped)).toEqual([0, 1, 2, 0, 3]);
  expect(groupNumbers([{}, {}])).toBe(undefined);
});

test("tagging: copies in groups have the interval of the clips alone, copies without groups half of it", async () => {
  const options = { split: "all", nResamples: 400, seed: 5 } as const;
  const alone = await evaluateTagging(modelOf(clips), datasetOf(itemsOf(clips)), options);
  const whole = await evaluateTagging(modelOf(many), datasetOf(itemsOf(many)), options);
  expectAlike(whole.measures, alone.measures);
  expect(whole.conventions).toContain(
    "intervals: 95 % bootstrap, resampled by group: 60 groups, each drawn with all its clips; 400 resamples, seed 5",
  );
  expect(inspect(whole)).toContain("resampled by group: 60 groups");
  expect(whole.items[60]).toMatchObject({ id: "clip 0, copy 1", group: "clip 0" });

  const single = many.map(({ group: _, ...clip }) => clip);
  const torn = await evaluateTagging(modelOf(single), datasetOf(itemsOf(single)), options);
  expect(torn.conventions).toContain("intervals: 95 % bootstrap over clips, 400 resamples, seed 5");
  expect("group" in torn.items[0]!).toBe(false);
  // √4 times as many independent items: half as wide.
  const ratio = width(whole.measures[0]!) / width(torn.measures[0]!);
  expect(ratio).toBeGreaterThan(1.7);
  expect(ratio).toBeLessThan(2.3);
});

test("a group each changes nothing but the words", async () => {
  const lonely = clips.map((clip) => ({ ...clip, group: `of ${clip.id}` }));
  const options = { split: "all", nResamples: 100 } as const;
  const alone = await evaluateTagging(modelOf(clips), datasetOf(itemsOf(clips)), options);
  const grouped = await evaluateTagging(modelOf(lonely), datasetOf(itemsOf(lonely)), options);
  expect(grouped.measures).toEqual(alone.measures);
  expect(grouped.conventions).not.toEqual(alone.conventions);
});

test("a probe of copies in groups is the probe of the clips alone, few shots and intervals too", async () => {
  // L2 weighs against a sum over items, so that k copies need C / k.
  const options = { nResamples: 200, seed: 2, fewShot: [2, 5] };
  const alone = await evaluateProbe(modelOf(clips), datasetOf(itemsOf(clips)), {
    ...options,
    c: 1,
  });
  const whole = await evaluateProbe(modelOf(many), datasetOf(itemsOf(many)), {
    ...options,
    c: 1 / copies,
  });
  expectAlike(whole.measures, alone.measures, 6);
  for (const [i, { nPerLabel, rocAuc, interval }] of whole.fewShot.entries()) {
    expect(nPerLabel).toBe(options.fewShot[i]);
    expect(rocAuc).toBeCloseTo(alone.fewShot[i]!.rocAuc, 6);
    expect(interval[0]).toBeCloseTo(alone.fewShot[i]!.interval[0], 6);
  }
  expect(whole.fewShotBy).toBe("group");
  expect("fewShotBy" in alone).toBe(false);
  expect(whole.conventions.join("\n")).toMatch(
    /own split, 60 groups kept whole.*\n.*\nfew-shot: groups with a positive a label, each drawn whole/,
  );
  expect(whole.conventions.join("\n")).toContain("resampled by group: 18 groups");
  expect(inspect(whole)).toContain("5 groups with a positive a label");
});

test("a drawn split puts copies where it puts their clips", () => {
  const bare = itemsOf(clips, false);
  const alone = splitItems(bare, 3);
  const whole = splitItems(itemsOf(many, false), 3);
  expect(whole.splits).toEqual(Array.from({ length: copies }, () => alone.splits).flat());
  expect(whole.convention).toBe(`${alone.convention}, 60 groups kept whole`);
});

test("groups of any size stay whole, and the parts keep about their shares", () => {
  const random = seededRandom(9);
  const items = Array.from({ length: 120 }, (_, group) =>
    Array.from({ length: 1 + Math.floor(random() * 9) }, () => ({
      tags: labels.filter(() => random() < 0.4),
      ...(group % 7 > 0 && { group: `recording ${group}` }),
    })),
  ).flat();
  for (const seed of [0, 1, 2]) {
    const splits = seededSplit(items, seed);
    const parts = new Map<string, Set<Split>>();
    for (const [i, { group }] of items.entries()) {
      if (group) parts.set(group, (parts.get(group) ?? new Set<Split>()).add(splits[i]!));
    }
    expect(Math.max(...[...parts.values()].map(({ size }) => size))).toBe(1);
    const share = (part: Split) => splits.filter((one) => one === part).length / items.length;
    expect(Math.abs(share("train") - 12 / 16)).toBeLessThan(0.03);
    expect(Math.abs(share("test") - 3 / 16)).toBeLessThan(0.03);
    expect(share("validation")).toBeGreaterThan(0.03);
  }
});

test("two large groups are learnt from and tested on, a single one is refused", () => {
  const of = (...groups: string[]) => groups.map((group) => ({ tags: ["a"], group }));
  const { splits } = splitItems(of("x", "x", "x", "y", "y"), 0);
  expect([...splits].sort()).toEqual(["test", "test", "train", "train", "train"]);
  expect(splits[0]).toBe("train");
  expect(() => splitItems(of("x", "x"), 0)).toThrow(
    /all items are of one group.*got 2 items of "x"/,
  );
});

test("a given split that tears a group is refused with its name and where it stands", async () => {
  const torn = itemsOf(many).map((item, i) => ({
    ...item,
    split: i < 60 ? item.split! : ("test" as const),
  }));
  await expect(evaluateProbe(modelOf(many), datasetOf(torn))).rejects.toThrow(
    /clip 0: the data set's split tears a group .*got 1 train and 3 test items, and 41 more groups are torn\).*leave the split out/,
  );
  // What stands in no part is in nobody's way.
  const unused = itemsOf(many).map(({ split, ...item }, i) => (i < 60 ? { ...item, split } : item));
  expect(splitItems(unused as TaggedItem[], 0).convention).toContain("60 groups kept whole");
});

test("validation items that stand in are whole groups of the training part", () => {
  const items = itemsOf(many).map((item) => ({
    ...item,
    split: item.split === "test" ? ("test" as const) : ("train" as const),
  }));
  const { splits } = splitItems(items, 0);
  const held = new Set(
    items.filter((_, i) => splits[i] === "validation").map(({ group }) => group),
  );
  expect(held.size).toBeGreaterThan(0);
  for (const [i, { group }] of items.entries()) {
    expect(splits[i] === "validation").toBe(held.has(group));
  }
});

test("few shots are groups with a positive, each with all its rows", () => {
  // Groups 0 to 5 of three rows each; only the first row of the even ones is positive.
  const groups = Array.from({ length: 18 }, (_, row) => Math.floor(row / 3));
  const y = Uint8Array.from(groups, (group, row) => (group % 2 === 0 && row % 3 === 0 ? 1 : 0));
  const drawn = drawFewShot(y, 1, 2, 4, groups);
  expect(drawn).toHaveLength(6);
  const whole = new Set([...drawn].map((row) => groups[row]!));
  expect(whole.size).toBe(2);
  expect([...whole].every((group) => group % 2 === 0)).toBe(true);
  expect(drawFewShot(y, 1, 9, 4, groups)).toHaveLength(9);
});

test("clusters of unequal size are resampled as sorting every resample anew would", async () => {
  const scores = Float32Array.from(clips.flatMap(({ row }) => row.slice(0, 2)));
  const truth = Uint8Array.from(
    clips.flatMap(({ tags }) => labels.slice(0, 2).map((label) => Number(tags.includes(label)))),
  );
  const clusters = clips.map((_, i) => Math.floor(Math.sqrt(i)));
  const options = { seed: 8, nResamples: 50, clusters };
  const { macro, micro } = await bootstrapLabels(scores, truth, 2, options);
  const spread = ([low, high]: readonly [number, number]) => high - low;
  // Copies of the whole matrix with the same clusters: each cluster larger, nothing else.
  const twice = await bootstrapLabels(
    Float32Array.of(...scores, ...scores),
    Uint8Array.of(...truth, ...truth),
    2,
    { ...options, clusters: [...clusters, ...clusters] },
  );
  for (const [r, value] of macro.rocAuc.samples.entries()) {
    expect(twice.macro.rocAuc.samples[r]).toBeCloseTo(value, 12);
    expect(twice.micro.averagePrecision.samples[r]).toBeCloseTo(
      micro.averagePrecision.samples[r]!,
      12,
    );
  }
  const single = await bootstrapLabels(scores, truth, 2, { ...options, clusters: undefined });
  expect(spread(macro.rocAuc.interval)).not.toBe(spread(single.macro.rocAuc.interval));
  await expect(bootstrapLabels(scores, truth, 2, { clusters: [0] })).rejects.toMatchObject({
    code: "measures.shape",
  });
});

test("captions of one recording's clips are drawn as one, a playlist's title alone", async () => {
  const about = { name: "captions", sha256: "0".repeat(64), conventions: [], failures: [] };
  const captionsOf = (some: readonly (Clip & { group?: string })[]): CaptionedDataset => ({
    kind: "captioned",
    ...about,
    items: some.map(({ id, path, group }, i) => ({
      id,
      path,
      ...(group !== undefined && { group }),
      captions: [labels[(i % clips.length) % 3]!],
    })),
  });
  const options = { nResamples: 200, seed: 1 };
  const alone = await evaluateRetrieval(modelOf(clips), captionsOf(clips), options);
  const whole = await evaluateRetrieval(modelOf(many), captionsOf(many), options);
  expect(whole.conventions.join("\n")).toContain(
    "resampled by group: 60 groups, each drawn with all its queries",
  );
  expect(alone.conventions.join("\n")).toContain("bootstrap over queries");
  // Groups of one size: what is resampled is the mean of each clip's copies.
  const means = clips.map((_, i) => {
    const own = whole.queries.filter((_, query) => query % clips.length === i);
    return own.reduce((sum, { rocAuc }) => sum + rocAuc!, 0) / copies;
  });
  const statistic = (drawn: Uint32Array) =>
    drawn.reduce((sum, i) => sum + means[i]!, 0) / drawn.length;
  const { value, interval } = bootstrap({ n: clips.length, ...options, statistic });
  const rocAuc = whole.measures.find(({ name }) => name === "rocAuc")!;
  expect(rocAuc.value).toBeCloseTo(value, 10);
  expect(rocAuc.interval![0]).toBeCloseTo(interval[0], 10);
  expect(rocAuc.interval![1]).toBeCloseTo(interval[1], 10);
  const tracks = [{ id: clips[0]!.id, path: clips[0]!.path }];
  const playlists = [{ id: "p", title: "piano", tracks }];
  const lists = await evaluateRetrieval(
    modelOf(clips),
    { kind: "playlists", ...about, playlists },
    options,
  );
  expect(lists.conventions.join("\n")).toContain("bootstrap over queries");
});

test("paired differences of copies in groups are those of the clips alone, for every measure", async () => {
  const worse = clips.map((clip, i) => ({
    ...clip,
    row: unit(clip.row.map((value, k) => (k === i % 3 ? value - 0.3 : value))),
  }));
  const paired = (some: readonly Clip[], others: readonly Clip[]) =>
    compare(
      [modelOf(some, "a"), modelOf(others, "b")],
      (model) =>
        evaluateTagging(model, datasetOf(itemsOf(some)), { split: "all", nResamples: 100 }),
      { nResamples: 200 },
    );
  const alone = await paired(clips, worse);
  const whole = await paired(many, copiesOf(worse));
  expect(alone.differences.map(({ measure }) => measure)).toEqual(
    alone.rows[0]!.measures.map(({ name }) => name),
  );
  for (const [i, { difference, interval }] of whole.differences.entries()) {
    expect(difference).toBeCloseTo(alone.differences[i]!.difference, 10);
    expect(interval[0]).toBeCloseTo(alone.differences[i]!.interval[0], 10);
    expect(interval[1]).toBeCloseTo(alone.differences[i]!.interval[1], 10);
  }
  expect(whole.conventions.join("\n")).toContain("resampled by group: 60 groups, 200 resamples");
});

test("reports that group the same items differently are not paired", async () => {
  const grouped = await evaluateTagging(modelOf(many), datasetOf(itemsOf(many)), { split: "all" });
  const bare = many.map(({ group: _, ...clip }) => clip);
  const single = await evaluateTagging(modelOf(bare), datasetOf(itemsOf(bare)), { split: "all" });
  await expect(compare([grouped, single])).rejects.toThrow(
    /group their items differently.*got 60 groups and no groups/,
  );
});
