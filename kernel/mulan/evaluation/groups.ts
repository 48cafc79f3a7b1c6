import type { Grouped } from "../datasets/dataset.ts";

/**
 * A number for each item's group, in the order in which groups first occur; an item without a group is one of its own.
 * @returns `[items]`; undefined where no item has a group: then every item stands for itself
 */
export function groupNumbers(items: readonly Grouped[]): readonly number[] | undefined {
  if (items.every(({ group }) => group === undefined)) return undefined;
  const numbers = new Map<string, number>();
  let next = 0;
  return items.map(({ group }) => {
    if (group === undefined) return next++;
    const known = numbers.get(group);
    if (known !== undefined) return known;
    numbers.set(group, next);
    return next++;
  });
}

/** How many there are; null where nothing is grouped. */
export function countGroups(groups: readonly number[] | undefined): number | null {
  return groups ? new Set(groups).size : null;
}

/** "intervals: 95 % bootstrap over clips, 1000 resamples, seed 0", or that it resampled groups, and how many. */
export function intervalConvention(
  noun: string,
  groups: readonly number[] | undefined,
  { nResamples, seed }: { readonly nResamples: number; readonly seed: number },
): string {
  const drawn = `${nResamples} resamples, seed ${seed}`;
  const nGroups = countGroups(groups);
  if (nGroups === null) return `intervals: 95 % bootstrap over ${noun}, ${drawn}`;
  return `intervals: 95 % bootstrap, resampled by group: ${nGroups} groups, each drawn with all its ${noun}; ${drawn}`;
}
