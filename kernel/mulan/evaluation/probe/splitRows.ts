import type { Split, TaggedItem } from "../../datasets/dataset.ts";
import { MulanError } from "../../foundation/errors.ts";
import { seededSplit } from "./seededSplit.ts";

export interface SplitItems {
  /** `[items]`; undefined for an item that stands in no split. */
  readonly splits: readonly (Split | undefined)[];
  /** A line for the report. */
  readonly convention: string;
}

/**
 * The data set's own splits; where it names none, a seeded 12:1:3. Training items stand in for missing validation ones.
 * @throws MulanError `evaluation.no-split`
 */
export function splitItems(
  items: readonly Pick<TaggedItem, "tags" | "split">[],
  seed: number,
): SplitItems {
  const has = (split: Split) => items.some((item) => item.split === split);
  if (!items.some(({ split }) => split !== undefined)) {
    return {
      splits: seededSplit(items, seed),
      convention: `no split in the data set: 12:1:3 drawn with seed ${seed}, labels spread evenly`,
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
  const own = items.map(({ split }) => split);
  if (has("validation")) return { splits: own, convention: "the data set's own split" };
  const train = own.flatMap((split, i) => (split === "train" ? [i] : []));
  const drawn = seededSplit(
    train.map((i) => items[i]!),
    seed,
  );
  const held = new Set(train.filter((_, i) => drawn[i] === "validation"));
  return {
    splits: own.map((split, i) => (held.has(i) ? "validation" : split)),
    convention: `the data set's own split; validation: ${held.size} of its training items, drawn with seed ${seed}`,
  };
}
