import { sha256Of } from "../../datasets/list/listFile.ts";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import type { TripletClusters } from "../report.ts";
import type { TripletMember, TripletRow } from "../triplets.ts";

/** Triplets with what a report must say of them. */
export interface TripletSet {
  readonly kind: "triplet-set";
  /** "music-concepts, 195 classes (instruments-genres-roles)". */
  readonly name: string;
  /** Of the triplets' texts, in their order: two runs with one hash judged the same triplets. */
  readonly sha256: string;
  readonly rows: readonly TripletRow[];
  /** Which triplets intervals take as one. Default: those of one anchor. */
  readonly clusters?: TripletClusters;
  /** How they were made, a line each. */
  readonly conventions: readonly string[];
  readonly failures: readonly Failure[];
}

/** Of rows that a caller made; clips count by their path, else their label. */
export function asTripletSet(given: TripletSet | readonly TripletRow[]): TripletSet {
  if ("rows" in given) return given;
  return {
    kind: "triplet-set",
    name: "own triplets",
    sha256: hashOf(given),
    rows: given,
    conventions: [],
    failures: [],
  };
}

/** Triplets of one text, or of one clip. */
export function anchorClusters(rows: readonly TripletRow[]): TripletClusters {
  const numbers = new Map<TripletMember, number>();
  for (const { anchor } of rows) {
    if (!numbers.has(anchor)) numbers.set(anchor, numbers.size);
  }
  return { noun: "anchors", ofRows: rows.map(({ anchor }) => numbers.get(anchor)!) };
}

export function hashOf(rows: readonly TripletRow[]): string {
  const named = rows.map(({ anchor, positive, negative }) =>
    [anchor, positive, negative].map((member) =>
      typeof member === "string" ? member : { clip: member.path ?? member.label },
    ),
  );
  return sha256Of(JSON.stringify(named));
}

/** A text and what describes it. */
export interface Described {
  readonly title: string;
  readonly description: string;
}

/**
 * For each: title, own description, and `perItem` times the description of one with another title, none twice. `ofRows` is the place of
 * each row's item.
 * @throws MulanError `triplets.few`
 */
export function withNegatives(
  items: readonly Described[],
  perItem: number,
  random: () => number,
): { readonly rows: TripletRow[]; readonly ofRows: number[] } {
  if (!Number.isInteger(perItem) || perItem < 1 || items.length <= perItem) {
    throw new MulanError("triplets.few", "there are not enough descriptions to choose from", {
      expected: `a whole number of triplets each, from 1 to ${Math.max(1, items.length - 1)}`,
      got: `${perItem} each, of ${items.length} with a description`,
    });
  }
  const made = items.flatMap(({ title, description }, i) => {
    // What describes another item of this very title would be right for the anchor as well.
    const others = items.filter(
      (other, j) => j !== i && other.title !== title && other.description !== description,
    );
    return draw(others, perItem, random).map(({ description: negative }) => ({
      item: i,
      row: { anchor: title, positive: description, negative },
    }));
  });
  return { rows: made.map(({ row }) => row), ofRows: made.map(({ item }) => item) };
}

/** `count` of the list, each equally likely, none twice. */
function draw<T>(list: readonly T[], count: number, random: () => number): T[] {
  const rest = [...list];
  return Array.from({ length: Math.min(count, rest.length) }, (_, i) => {
    const other = i + Math.floor(random() * (rest.length - i));
    [rest[i], rest[other]] = [rest[other]!, rest[i]!];
    return rest[i]!;
  });
}
