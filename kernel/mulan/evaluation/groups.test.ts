import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { CaptionedDataset } from "../datasets/dataset.ts";
import { compare } from "./comparison/compare.ts";
import {
  type Clip,
  clips,
  copies,
  copiesOf,
  datasetOf,
  expectAlike,
  itemsOf,
  labels,
  many,
  modelOf,
  unit,
} from "./groups.testkit.ts";
import { groupNumbers } from "./groups.ts";
import { bootstrap } from "./measures/bootstrap.ts";
import { bootstrapLabels } from "./measures/bootstrapLabels.ts";
import type { Measured } from "./report.ts";
import { evaluateRetrieval } from "./retrieval/evaluateRetrieval.ts";
import { evaluateTagging } from "./tagging/evaluateTagging.ts";

const width = ({ interval }: Measured) => interval![1] - interval![0];

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
