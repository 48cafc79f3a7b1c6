import type { Split, TaggedDataset, TaggedItem } from "../../datasets/dataset.ts";
import { MulanError } from "../../foundation/errors.ts";
import { checkLabels } from "../prompts.ts";

export interface Chosen {
  readonly items: readonly TaggedItem[];
  /** A line for the report. */
  readonly convention: string;
}

/**
 * The items of one split; "all" takes them whatever their split. By default the test items, or all where the data set
 * names no splits.
 * @throws MulanError `evaluation.no-split`
 */
export function itemsOfSplit({ items }: TaggedDataset, split: Split | "all" | undefined): Chosen {
  const hasTest = items.some((item) => item.split === "test");
  const wanted = split ?? (hasTest ? "test" : "all");
  if (wanted === "all") {
    const whole = items.some((item) => item.split !== undefined);
    return { items, convention: whole ? "all items, whatever their split" : "all items" };
  }
  const chosen = items.filter((item) => item.split === wanted);
  if (chosen.length > 0) return { items: chosen, convention: `the ${wanted} items only` };
  const names = [...new Set(items.flatMap((item) => item.split ?? []))];
  throw new MulanError("evaluation.no-split", `there are no ${wanted} items in this data set`, {
    expected: names.length > 0 ? `split: ${names.join(", ")}, or "all"` : 'split: "all"',
    got: `split: ${JSON.stringify(wanted)}`,
  });
}

/** Some of a data set's labels, in the order asked for. @throws MulanError `evaluation.unknown-label`, `labels.*` */
export function chosenLabels(
  dataset: TaggedDataset,
  asked: readonly string[] | undefined,
): readonly string[] {
  const labels = asked ?? dataset.labels;
  checkLabels(labels);
  const known = new Set(dataset.labels);
  const odd = labels.filter((label) => !known.has(label));
  if (odd.length === 0) return labels;
  throw new MulanError("evaluation.unknown-label", "the data set does not know this label", {
    subject: dataset.name,
    expected: `some of its ${dataset.labels.length} labels: ${dataset.labels.slice(0, 5).join(", ")}, …`,
    got: odd.map((label) => JSON.stringify(label)).join(", "),
  });
}

/** `[items, labels]` of 0 and 1. */
export function truthOf(
  items: readonly { readonly tags: readonly string[] }[],
  labels: readonly string[],
): Uint8Array {
  const columns = new Map(labels.map((label, column) => [label, column]));
  const truth = new Uint8Array(items.length * labels.length);
  for (const [row, { tags }] of items.entries()) {
    for (const tag of tags) {
      const column = columns.get(tag);
      if (column !== undefined) truth[row * labels.length + column] = 1;
    }
  }
  return truth;
}
