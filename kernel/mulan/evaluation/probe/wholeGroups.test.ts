import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { Split, TaggedItem } from "../../datasets/dataset.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import {
  clips,
  copies,
  datasetOf,
  expectAlike,
  itemsOf,
  labels,
  many,
  modelOf,
} from "../groups.testkit.ts";
import { drawFewShot } from "../logistic/drawFewShot.ts";
import { evaluateProbe } from "./evaluateProbe.ts";
import { seededSplit } from "./seededSplit.ts";
import { splitItems } from "./splitRows.ts";

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
