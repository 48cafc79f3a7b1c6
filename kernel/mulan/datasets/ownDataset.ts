import { resolve } from "node:path";
import { MulanError } from "../foundation/errors.ts";
import type { AudioRef, CaptionedDataset, Grouped, Split, TaggedDataset } from "./dataset.ts";
import { byFrequency } from "./list/byFrequency.ts";
import { sha256Of } from "./list/listFile.ts";
import { shown } from "./list/rowErrors.ts";

/** A sound that a caller names; relative paths begin in the working folder, which is the notebook's. */
export interface OwnItem extends Grouped {
  readonly path: string;
  /** Default: the path, and which part of it where that is not all. */
  readonly id?: string;
  readonly startSec?: number;
  readonly durationSec?: number;
}

export interface OwnTaggedItem extends OwnItem {
  readonly tags: readonly string[];
  readonly split?: Split;
}

export interface OwnCaptionedItem extends OwnItem {
  readonly captions: readonly string[];
}

/**
 * A data set of one's own sounds and tags. Labels are in order of how many items carry them; the hash is of the items
 * as they were given.
 * @throws MulanError `dataset.empty`, `dataset.row`
 */
export function taggedDataset(name: string, items: readonly OwnTaggedItem[]): TaggedDataset {
  checkTexts(name, "tags", items, ({ tags }) => tags);
  const labels = byFrequency(items.flatMap(({ tags }) => [...new Set(tags)]));
  if (items.length > 0 && labels.length === 0) {
    throw new MulanError("dataset.empty", "no item has a tag", { subject: name });
  }
  return { kind: "tagged", labels, ...common(name, items) };
}

/**
 * A data set of one's own sounds and captions; as taggedDataset.
 * @throws MulanError `dataset.empty`, `dataset.row`
 */
export function captionedDataset(
  name: string,
  items: readonly OwnCaptionedItem[],
): CaptionedDataset {
  checkTexts(name, "captions", items, ({ captions }) => captions);
  return { kind: "captioned", ...common(name, items) };
}

function common<Item extends OwnItem>(name: string, given: readonly Item[]) {
  if (given.length === 0) {
    throw new MulanError("dataset.empty", "there are no items", { subject: name });
  }
  const items = given.map((item) => ({ ...item, id: idOf(item), path: resolve(item.path) }));
  const nameless = given.find(({ group }) => group !== undefined && !isName(group));
  if (nameless) {
    throw new MulanError("dataset.row", "a group needs a name", {
      subject: name,
      expected: "a text, or no group for what stands alone",
      got: shown(nameless.group),
    });
  }
  const seen = new Set<string>();
  const twice = items.find(({ id }) => seen.size === seen.add(id).size);
  if (twice) {
    throw new MulanError("dataset.row", "two items have one id", {
      subject: name,
      got: shown(twice.id),
      remedy: "Give each an id of its own, or join their tags",
    });
  }
  return {
    name,
    sha256: sha256Of(JSON.stringify(given)),
    conventions: ["items listed by hand"],
    failures: [],
    items: items as (Item & AudioRef)[],
  };
}

/** Cells are not checked for types before they run, and a text is a list of letters to a loop. */
function checkTexts<Item extends OwnItem>(
  name: string,
  what: "tags" | "captions",
  items: readonly Item[],
  textsOf: (item: Item) => unknown,
): void {
  const place = items.findIndex((item) => !isTexts(textsOf(item)));
  if (place < 0) return;
  const got = textsOf(items[place]!);
  throw new MulanError("dataset.row", `item ${place} has no list of ${what}`, {
    subject: name,
    expected: `${what}: ["one", "another"]`,
    got: shown(got),
    ...(typeof got === "string" && { remedy: `Write ${what}: [${shown(got)}]` }),
  });
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isName(group: unknown): boolean {
  return typeof group === "string" && group.trim() !== "";
}

/** "a.mp3", "a.mp3 from 5 s", "a.mp3 from 5 s for 3 s". */
function idOf({ id, path, startSec, durationSec }: OwnItem): string {
  if (id !== undefined) return id;
  const from = startSec === undefined ? "" : ` from ${startSec} s`;
  const length = durationSec === undefined ? "" : ` for ${durationSec} s`;
  return `${path}${from}${length}`;
}
