import type { Grouped, Split, TaggedItem } from "../../datasets/dataset.ts";
import { MulanError } from "../../foundation/errors.ts";
import { countGroups, groupNumbers } from "../groups.ts";
import { seededSplit } from "./seededSplit.ts";

export interface SplitItems {
  /** `[items]`; undefined for an item that stands in no split. */
  readonly splits: readonly (Split | undefined)[];
  /** A line for the report. */
  readonly convention: string;
}

type SplitItem = Pick<TaggedItem, "tags" | "split"> & Grouped;

/**
 * The data set's own splits; where it names none, a seeded 12:1:3. Training items stand in for missing validation ones.
 * What is drawn here keeps groups whole; a split of the data set's own that tears one is an error.
 * @throws MulanError `evaluation.no-split`, `evaluation.torn-group`, `evaluation.one-group`
 */
export function splitItems(items: readonly SplitItem[], seed: number): SplitItems {
  const has = (split: Split) => items.some((item) => item.split === split);
  const nGroups = countGroups(groupNumbers(items));
  const whole = nGroups === null ? "" : `, ${nGroups} groups kept whole`;
  if (!items.some(({ split }) => split !== undefined)) {
    return {
      splits: nGroups === null ? seededSplit(items, seed) : groupedSplit(items, seed),
      convention: `no split in the data set: 12:1:3 drawn with seed ${seed}, labels spread evenly${whole}`,
    };
  }
  if (!has("train") || !has("test")) {
    throw new MulanError(
      "evaluation.no-split",
      "a probe needs items to learn from and to be tested on",
      {
        expected: "train and test items, or no split at all (then one is drawn)",
        got: [...new Set(items.map(({ split }) => split ?? "none"))].join(", "),
      },
    );
  }
  assertWhole(items);
  const own = items.map(({ split }) => split);
  if (has("validation")) return { splits: own, convention: `the data set's own split${whole}` };
  const train = own.flatMap((split, i) => (split === "train" ? [i] : []));
  const drawn = seededSplit(
    train.map((i) => items[i]!),
    seed,
  );
  const held = new Set(train.filter((_, i) => drawn[i] === "validation"));
  return {
    splits: own.map((split, i) => (held.has(i) ? "validation" : split)),
    convention: `the data set's own split${whole}; validation: ${held.size} of its training items, drawn with seed ${seed}`,
  };
}

/** Few large groups can leave the test part empty: then the smallest that the training part can spare is tested on. */
function groupedSplit(items: readonly SplitItem[], seed: number): Split[] {
  const splits = seededSplit(items, seed);
  const members = new Map<number, number[]>();
  for (const [item, group] of groupNumbers(items)!.entries()) {
    const own = members.get(group) ?? [];
    own.push(item);
    members.set(group, own);
  }
  const groups = [...members.values()].sort((a, b) => a.length - b.length);
  if (groups.length < 2) {
    throw new MulanError("evaluation.one-group", "all items are of one group", {
      expected: "two groups or more: one to learn from, one to be tested on",
      got: `${items.length} items of ${JSON.stringify(items[0]?.group)}`,
    });
  }
  if (splits.includes("test")) return splits;
  const inTrain = groups.filter(([first]) => splits[first!] === "train");
  const spared = inTrain.length > 1 ? inTrain[0]! : groups.find((own) => own !== inTrain[0])!;
  for (const item of spared) splits[item] = "test";
  return splits;
}

/** @throws MulanError `evaluation.torn-group`: a probe would be tested on what it has learnt */
function assertWhole(items: readonly SplitItem[]): void {
  const found = new Map<string, Map<Split, number>>();
  for (const { group, split } of items) {
    if (group === undefined || split === undefined) continue;
    const counts = found.get(group) ?? new Map<Split, number>();
    counts.set(split, (counts.get(split) ?? 0) + 1);
    found.set(group, counts);
  }
  const torn = [...found].filter(([, counts]) => counts.size > 1);
  const [first] = torn;
  if (!first) return;
  const [group, counts] = first;
  const parts = [...counts].map(([split, n]) => `${n} ${split}`).join(" and ");
  const more = torn.length > 1 ? `, and ${torn.length - 1} more groups are torn` : "";
  throw new MulanError("evaluation.torn-group", "the data set's split tears a group", {
    subject: group,
    expected: "all items of a group in one part",
    got: `${parts} items${more}`,
    remedy:
      "Move each group to one part, or leave the split out: then one is drawn that keeps groups whole",
  });
}
