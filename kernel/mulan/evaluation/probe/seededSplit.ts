import type { Split, TaggedItem } from "../../datasets/dataset.ts";
import { seededRandom } from "../../embedding/projection/random.ts";

/** As MagnaTagATune's folders are divided. */
const PARTS: readonly (readonly [Split, number])[] = [
  ["train", 12],
  ["validation", 1],
  ["test", 3],
];

/**
 * A split of 12:1:3 for a data set that has none, the same for the same seed. Labels are spread over the parts as far as
 * they go, the rarest first (Sechidis et al. 2011): a plain draw would leave rare ones out of the small parts.
 * @returns `[items]`
 */
export function seededSplit(items: readonly Pick<TaggedItem, "tags">[], seed: number): Split[] {
  const random = seededRandom(seed);
  const order = shuffled(items.length, random);
  const total = PARTS.reduce((sum, [, parts]) => sum + parts, 0);
  const shares = PARTS.map(([, parts]) => parts / total);
  const room = shares.map((share) => share * items.length);
  const counts = countTags(items);
  const wanted = new Map(
    [...counts].map(([tag, count]) => [tag, shares.map((share) => share * count)]),
  );
  const splits: Split[] = Array(items.length);
  const place = (item: number, part: number) => {
    splits[item] = PARTS[part]![0];
    room[part]! -= 1;
    for (const tag of new Set(items[item]!.tags)) {
      wanted.get(tag)![part]! -= 1;
    }
  };
  for (const tag of rarestFirst(counts)) {
    for (const item of order) {
      if (splits[item] === undefined && items[item]!.tags.includes(tag)) {
        place(item, neediest(wanted.get(tag)!, room));
      }
    }
  }
  for (const item of order) if (splits[item] === undefined) place(item, neediest(room, room));
  return splits;
}

/** Of the parts with room the one that lacks most; of equals the one with most room. */
function neediest(wanted: readonly number[], room: readonly number[]): number {
  const open = PARTS.flatMap((_, part) => (room[part]! > 0 ? [part] : []));
  return open.reduce((best, part) => {
    const more = wanted[part]! - wanted[best]! || room[part]! - room[best]!;
    return more > 0 ? part : best;
  });
}

function countTags(items: readonly Pick<TaggedItem, "tags">[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tags } of items) {
    for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return counts;
}

function rarestFirst(counts: ReadonlyMap<string, number>): string[] {
  return [...counts.keys()].sort((a, b) => counts.get(a)! - counts.get(b)!);
}

function shuffled(n: number, random: () => number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
