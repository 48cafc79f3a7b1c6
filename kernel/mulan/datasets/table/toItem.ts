import { type Failure, MulanError } from "../../foundation/errors.ts";
import type { Split } from "../dataset.ts";
import { shown } from "../list/rowErrors.ts";
import { distinctTexts, splitTexts } from "../list/texts.ts";
import type { TableRow } from "./rows.ts";
import type { FoundColumns } from "./tableColumns.ts";

/** A row of a table, before its file was looked for. */
export interface TableItem {
  readonly id: string;
  /** As written. */
  readonly location: string;
  readonly texts: readonly string[];
  readonly split?: Split;
  readonly group?: string;
  readonly startSec?: number;
  readonly durationSec?: number;
  readonly place: string;
}

const SPLITS: Readonly<Record<string, Split>> = {
  train: "train",
  training: "train",
  validation: "validation",
  valid: "validation",
  val: "validation",
  dev: "validation",
  test: "test",
  testing: "test",
  eval: "test",
};

/** @throws MulanError `dataset.row` */
export function toItem(row: TableRow, columns: FoundColumns, separator?: string): TableItem {
  const { cells, place } = row;
  const location = textIn(columns.path, "a path");
  const texts = textsOf(cells[columns.texts], columns, separator);
  if (texts === undefined) {
    throw wrong(columns.texts, columns.kind === "tagged" ? "tags" : "a caption");
  }
  const startSec = secondsIn(columns.startSec, 0);
  const endSec = secondsIn(columns.endSec, 0);
  const durationSec = secondsIn(columns.durationSec, Number.MIN_VALUE);
  const ends = startSec !== undefined && endSec !== undefined;
  if (ends && endSec <= startSec) throw wrong(columns.endSec!, `a time after ${startSec}`);
  const length = ends ? endSec - startSec : startSec === undefined ? undefined : durationSec;
  const split = splitIn(columns.split);
  const group = nameIn(columns.group)?.trim();
  return {
    id: nameIn(columns.id) ?? (startSec === undefined ? location : `${location}@${startSec}`),
    location,
    texts,
    ...(split !== undefined && { split }),
    ...(group !== undefined && { group }),
    ...(startSec !== undefined && { startSec }),
    ...(length !== undefined && { durationSec: length }),
    place,
  };

  function textIn(name: string, expected: string): string {
    const value = cells[name];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    throw wrong(name, expected);
  }

  function secondsIn(name: string | undefined, least: number): number | undefined {
    const value = name === undefined ? undefined : cells[name];
    if (name === undefined || isBlank(value)) return undefined;
    const seconds = Number(value);
    if (seconds >= least && seconds < Number.POSITIVE_INFINITY) return seconds;
    throw wrong(name, "a number of seconds");
  }

  function splitIn(name: string | undefined): Split | undefined {
    const value = name === undefined ? undefined : cells[name];
    if (name === undefined || isBlank(value)) return undefined;
    const split = SPLITS[String(value).trim().toLowerCase()];
    if (split) return split;
    throw wrong(name, "train, validation or test");
  }

  function nameIn(name: string | undefined): string | undefined {
    const value = name === undefined ? undefined : cells[name];
    if (name === undefined || isBlank(value)) return undefined;
    if (isText(value)) return String(value);
    throw wrong(name, "a name");
  }

  function wrong(name: string, expected: string): MulanError {
    return new MulanError("dataset.row", `column ${JSON.stringify(name)} is wrong`, {
      subject: place,
      expected,
      got: shown(cells[name]),
    });
  }
}

/** Tags may be none; a caption must be there. */
function textsOf(
  value: unknown,
  { kind }: FoundColumns,
  separator: string | undefined,
): string[] | undefined {
  if (kind === "tagged" && isBlank(value)) return [];
  if (Array.isArray(value) && value.every(isText)) {
    const texts = distinctTexts(value.map(String));
    return kind === "tagged" || texts.length > 0 ? texts : undefined;
  }
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  if (typeof value !== "string" || value.trim() === "") return undefined;
  if (kind === "tagged") return splitTexts(value, separator);
  // A caption has semicolons of its own.
  const isList = /^\s*\[.*\]\s*$/s.test(value) || separator !== undefined;
  return isList ? splitTexts(value, separator) : [value.trim()];
}

/** What numbers a class or a recording is a number in JSONL and a bigint in Parquet. */
function isText(value: unknown): value is string | number | bigint {
  return ["string", "number", "bigint"].includes(typeof value);
}

function isBlank(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

export function asFailure(place: string, error: unknown): Failure {
  if (error instanceof MulanError) return { source: place, error };
  throw error;
}
