import type { AudioRef } from "../../datasets/dataset.ts";
import type { Embeddings } from "../../embedding/embeddings.ts";
import { isClipSource } from "../../embedding/source.ts";
import { soundKey } from "../sounds/soundKey.ts";
import { isAnotherPart, type Part, partRow } from "./partRow.ts";
import { namesOf, PathEnds } from "./pathEnds.ts";

/** How a row was found. */
export type Way = "id" | "path" | "end of the path";

/** Why a reference has no row. */
export type NoRow =
  | { readonly why: "none" | "another part" }
  /** How many rows or files could be it, and the row of the first. */
  | { readonly why: "several"; readonly n: number; readonly row: number }
  /** `other`: the id of another sound that the row belongs to, or could as well. */
  | { readonly why: "taken"; readonly row: number; readonly other: string };

export type Match = { readonly row: number; readonly way: Way } | NoRow;

interface Row extends Part {
  readonly row: number;
  /** undefined for a row that only its place names. */
  readonly label: string | undefined;
  /** The file that it was made of; its label where that is not known. */
  readonly path: string | undefined;
}

interface Claim {
  readonly row: number;
  readonly way: Way;
  readonly strength: number;
}

/** Above all that ends of paths can have in common. */
const BY_ID = 1e9;
const BY_PATH = 1e6;

/**
 * The row of each reference, or why it has none. Each is looked for by its id, then by its path and part of the file,
 * then by the longest end that its path has in common with a row's, with or without the file's ending, then by a file
 * that is called as its id. A key that several rows or several sounds have names none of them: a row that could belong
 * to two sounds goes to the one that has more in common with it, and to none where both have as much.
 */
export function matchRefs(embeddings: Embeddings, refs: readonly AudioRef[]): Match[] {
  const rows = rowsOf(embeddings);
  const byLabel = once(rows, ({ label }) => label);
  const files = filesOf(rows);
  const byPath = new Map(files.map(({ key }, file) => [key, file]));
  const ends = new PathEnds(files.map(({ key }) => key));
  const idsOnce = once(distinctSounds(refs), ({ id }) => id);
  const claims = refs.map((ref) => claimOf(ref));
  return settled(claims, refs);

  function claimOf(ref: AudioRef): Claim | NoRow {
    const named = idsOnce.has(ref.id) ? byLabel.get(ref.id) : undefined;
    if (named && !(named.path === ref.path && isAnotherPart(named, ref))) {
      return { row: named.row, way: "id", strength: BY_ID };
    }
    const whole = byPath.get(keyOf(ref.path));
    if (whole !== undefined) return inFile(whole, ref, "path", BY_PATH);
    const end = ends.longest(ref.path);
    if (end?.nFiles === 1) {
      const strength = 4 * end.depth + (end.sameEnding ? 2 : 0);
      return inFile(end.file, ref, "end of the path", strength);
    }
    const called = ends.longest(ref.id);
    if (called?.nFiles === 1 && called.depth === namesOf(ref.id).length) {
      return inFile(called.file, ref, "id", 0);
    }
    if (!end) return { why: "none" };
    return { why: "several", n: end.nFiles, row: files[end.file]!.rows[0]!.row };
  }

  function inFile(file: number, ref: AudioRef, way: Way, strength: number): Claim | NoRow {
    const own = files[file]!.rows;
    const found = partRow(own, ref);
    if (found === "several") return { why: "several", n: own.length, row: own[0]!.row };
    if (found === "another part") return { why: "another part" };
    return { row: found.row, way, strength: strength + (found.certain ? 1 : 0) };
  }
}

/** The strongest claim on a row is granted unless another sound's is as strong. */
function settled(claims: readonly (Claim | NoRow)[], refs: readonly AudioRef[]): Match[] {
  const best = new Map<number, { strength: number; refs: AudioRef[] }>();
  claims.forEach((claim, i) => {
    if (!("way" in claim)) return;
    const held = best.get(claim.row);
    if (!held || claim.strength > held.strength) {
      best.set(claim.row, { strength: claim.strength, refs: [refs[i]!] });
    } else if (claim.strength === held.strength) held.refs.push(refs[i]!);
  });
  return claims.map((claim, i) => {
    if (!("way" in claim)) return claim;
    const { row, way, strength } = claim;
    const holders = best.get(row)!;
    const own = soundKey(refs[i]!);
    const other = holders.refs.find((ref) => soundKey(ref) !== own);
    if (!other && strength === holders.strength) return { row, way };
    return { why: "taken", row, other: (other ?? holders.refs[0]!).id };
  });
}

function rowsOf({ labels, sources, labelled }: Embeddings): Row[] {
  return labels.map((text, row) => {
    const source = sources[row];
    const label = labelled && text.trim() !== "" ? text : undefined;
    if (!isClipSource(source)) return { row, label, path: source ?? label };
    const { path, startSec, durationSec } = source;
    return { row, label, path: path ?? label, startSec, durationSec };
  });
}

/** The rows of each file, one after another. */
function filesOf(rows: readonly Row[]): { readonly key: string; readonly rows: Row[] }[] {
  const files = new Map<string, { key: string; rows: Row[] }>();
  for (const row of rows) {
    if (row.path === undefined || row.path === "") continue;
    const key = keyOf(row.path);
    const file = files.get(key) ?? { key, rows: [] };
    file.rows.push(row);
    files.set(key, file);
  }
  return [...files.values()];
}

function keyOf(path: string): string {
  return namesOf(path).join("/");
}

function distinctSounds(refs: readonly AudioRef[]): AudioRef[] {
  return [...new Map(refs.map((ref) => [`${soundKey(ref)}\0${ref.id}`, ref])).values()];
}

/** What a key names, without the keys that name several. */
function once<T>(all: readonly T[], keyOfOne: (one: T) => string | undefined): Map<string, T> {
  const found = new Map<string, T>();
  const several = new Set<string>();
  for (const one of all) {
    const key = keyOfOne(one);
    if (key === undefined) continue;
    if (found.has(key)) several.add(key);
    found.set(key, one);
  }
  for (const key of several) found.delete(key);
  return found;
}
