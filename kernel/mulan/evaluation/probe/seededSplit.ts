import type { Grouped, Split, TaggedItem } from "../../datasets/dataset.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { groupNumbers } from "../groups.ts";

/** As MagnaTagATune's folders are divided. */
const PARTS: readonly (readonly [Split, number])[] = [
  ["train", 12],
  ["validation", 1],
  ["test", 3],
];

/** What goes to one part as a whole: an item, or all items of a group. */
interface Unit {
  readonly items: readonly number[];
  /** How many of its items carry each tag. */
  readonly tags: ReadonlyMap<string, number>;
}

/**
 * A split of 12:1:3 for a data set that has none, the same for the same seed. Labels are spread over the parts as far as
 * they go, the rarest first (Sechidis et al. 2011): a plain draw would leave rare ones out of the small parts. Groups
 * stay whole; the parts are then as near to 12:1:3 items as their sizes allow.
 * @returns `[items]`
 */
export function seededSplit(
  items: readonly (Pick<TaggedItem, "tags"> & Grouped)[],
  seed: number,
): Split[] {
  const random = seededRandom(seed);
  const units = unitsOf(items);
  const order = shuffled(units.length, random);
  const total = PARTS.reduce((sum, [, parts]) => sum + parts, 0);
  const shares = PARTS.map(([, parts]) => parts / total);
  const room = shares.map((share) => share * items.length);
  const counts = countTags(units);
  const wanted = new Map(
    [...counts].map(([tag, count]) => [tag, shares.map((share) => share * count)]),
  );
  const splits: Split[] = Array(items.length);
  const placed: boolean[] = Array(units.length).fill(false);
  const place = (unit: number, part: number) => {
    placed[unit] = true;
    const { items: own, tags } = units[unit]!;
    for (const item of own) splits[item] = PARTS[part]![0];
    room[part]! -= own.length;
    for (const [tag, count] of tags) wanted.get(tag)![part]! -= count;
  };
  for (const tag of rarestFirst(counts)) {
    for (const unit of order) {
      if (!placed[unit] && units[unit]!.tags.has(tag)) {
        place(unit, neediest(wanted.get(tag)!, room));
      }
    }
  }
  for (const unit of order) if (!placed[unit]) place(unit, neediest(room, room));
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

function unitsOf(items: readonly (Pick<TaggedItem, "tags"> & Grouped)[]): Unit[] {
  const groups = groupNumbers(items);
  const members: number[][] = [];
  for (const item of items.keys()) {
    const unit = groups?.[item] ?? item;
    const own = members[unit] ?? [];
    own.push(item);
    members[unit] = own;
  }
  return members.map((own) => {
    const tags = new Map<string, number>();
    for (const item of own) {
      for (const tag of new Set(items[item]!.tags)) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    }
    return { items: own, tags };
  });
}

function countTags(units: readonly Unit[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tags } of units) {
    for (const [tag, count] of tags) counts.set(tag, (counts.get(tag) ?? 0) + count);
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
