import type { FileArray, FileArrays } from "./arrays.ts";

/** What the rows of a file stand for, where the reader knows: it decides which array is meant, and what names a row. */
export type FilePart = "audio" | "text";

const IDS = ["id", "ids", "track_id", "track_ids", "clip_id", "clip_ids"];
const TEXTS = ["text", "texts", "caption", "captions"];
const TITLES = ["label", "labels", "title", "titles", "name", "names"];

/**
 * Where a row's name may stand in files that others wrote, most telling first. A sound's id comes before titles, which
 * several may have, and before "label", which is a class in many tables; a text is called by itself.
 */
export function nameKeys(part: FilePart | undefined): readonly string[] {
  if (part === "text") return [...TEXTS, ...TITLES, "tag", "tags", ...IDS];
  return [...IDS, ...TITLES, ...TEXTS];
}

/** The first of `keys` that a file has, whatever its case. */
export function nameKeyIn(names: readonly string[], keys: readonly string[]): string | undefined {
  const byKey = new Map([...names].reverse().map((name) => [name.toLowerCase(), name]));
  return keys.map((key) => byKey.get(key)).find((name) => name !== undefined);
}

/**
 * The names of rows among a file's arrays.
 * @param n rows; an array of another length names something else
 */
export function namesInArrays(
  arrays: FileArrays,
  n: number,
  part: FilePart | undefined,
): string[] | undefined {
  const keys = nameKeys(part).filter((key) => part !== "text" || !isBesideAudio(arrays, key));
  const fitting = [...arrays].filter(
    ([name, { shape, texts }]) =>
      // Numbers called "label" are classes.
      shape.length === 1 && shape[0] === n && (texts || IDS.includes(name.toLowerCase())),
  );
  const key = nameKeyIn(
    fitting.map(([name]) => name),
    keys,
  );
  return key === undefined ? undefined : namesOf(arrays.get(key)!);
}

/** In a file of both, ids are the sounds'. */
function isBesideAudio(arrays: FileArrays, key: string): boolean {
  return arrays.has("audio") && IDS.includes(key);
}

/** An array as names: strings as they are, whole numbers in all their digits. */
export function namesOf({ texts, wideInts, numbers }: FileArray): string[] | undefined {
  if (texts) return [...texts];
  const values = wideInts ?? numbers;
  return values && Array.from<number | bigint, string>(values, String);
}
