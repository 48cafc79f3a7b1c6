import { basename, dirname, extname, resolve } from "node:path";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import type { CaptionedDataset, TaggedDataset } from "../dataset.ts";
import { byFrequency } from "../list/byFrequency.ts";
import { keepFound, type Wanted } from "../list/foundAudio.ts";
import { readListFile } from "../list/listFile.ts";
import { shown } from "../list/rowErrors.ts";
import { tableRows } from "./rows.ts";
import {
  type FoundColumns,
  findColumns,
  type TableColumns,
  type TableKind,
} from "./tableColumns.ts";
import { asFailure, type TableItem, toItem } from "./toItem.ts";

export interface TableOptions {
  /** Where relative paths begin; the table's own folder when left out. */
  readonly audioFolder?: string;
  /** Names of columns that go by unusual names. */
  readonly columns?: TableColumns;
  /** What parts tags (or captions) in a cell; ";" or "|" or a list in brackets when left out. */
  readonly separator?: string;
  /** Needed where a table has both tags and captions. */
  readonly kind?: TableKind;
  /** Default: the file's name. */
  readonly name?: string;
  /** Keep items whose file is not there: embeddings made elsewhere need no sound. Default false. */
  readonly withoutAudio?: boolean;
}

type Found = Omit<TableItem, "location" | "place"> & { readonly path: string };

/**
 * A CSV, TSV, JSONL or Parquet of paths and tags, or of paths and captions; columns are known by their usual names.
 * Rows with one id (without such a column: one path) become one item with all their tags or captions. Labels
 * are in order of how many items carry them.
 * @throws MulanError `dataset.file`, `dataset.table`, `dataset.header`, `dataset.ambiguous`, `dataset.csv`,
 * `dataset.empty`, `dataset.no-audio`
 */
export async function readTable(
  file: string,
  options: TableOptions & { readonly kind: "tagged" },
): Promise<TaggedDataset>;
export async function readTable(
  file: string,
  options: TableOptions & { readonly kind: "captioned" },
): Promise<CaptionedDataset>;
export async function readTable(
  file: string,
  options?: TableOptions,
): Promise<TaggedDataset | CaptionedDataset>;
export async function readTable(
  file: string,
  options: TableOptions = {},
): Promise<TaggedDataset | CaptionedDataset> {
  const list = await readListFile(file);
  const { header, rows, failures, conventions } = await tableRows(list);
  const columns = findColumns(header, list.path, options.columns, options.kind);
  const wrong: Failure[] = [];
  const items = new Map<string, TableItem>();
  for (const row of rows) {
    try {
      const item = toItem(row, columns, options.separator);
      items.set(item.id, merged(items.get(item.id), item));
    } catch (error) {
      wrong.push(asFailure(row.place, error));
    }
  }
  if (items.size === 0) throw wrong[0]!.error;
  const folder = resolve(options.audioFolder ?? dirname(list.path));
  const found = await keepFound(
    [...items.values()].map((item) => wantedIn(folder, item)),
    {
      list: list.path,
      remedy: "Pass { audioFolder } that the paths begin in",
      withoutAudio: options.withoutAudio,
    },
  );
  const base = {
    name: options.name ?? basename(list.path, extname(list.path)),
    sha256: list.sha256,
    conventions: [...conventionsOf(columns, rows.length, items.size), ...conventions],
    failures: [...failures, ...wrong, ...found.failures],
  };
  if (columns.kind === "captioned") {
    const captioned = found.items.map(({ texts, split: _, ...ref }) => ({
      ...ref,
      captions: texts,
    }));
    return { kind: "captioned", ...base, items: captioned };
  }
  const tagged = found.items.map(({ texts, ...ref }) => ({ ...ref, tags: texts }));
  return { kind: "tagged", ...base, labels: labelsOf(found.items, list.path), items: tagged };
}

/** @throws MulanError `dataset.row` where an id stands for two sounds */
function merged(earlier: TableItem | undefined, item: TableItem): TableItem {
  if (!earlier) return item;
  const same =
    earlier.location === item.location &&
    earlier.startSec === item.startSec &&
    earlier.durationSec === item.durationSec &&
    earlier.split === item.split &&
    earlier.group === item.group;
  if (same) return { ...earlier, texts: [...new Set([...earlier.texts, ...item.texts])] };
  throw new MulanError("dataset.row", `the id ${shown(item.id)} stands for two different things`, {
    subject: item.place,
    expected: `what ${earlier.place} says: ${shown(earlier.location)}`,
    got: shown(item.location),
  });
}

function wantedIn(folder: string, item: TableItem): Wanted<Omit<Found, "path">> {
  const { location, place, ...rest } = item;
  const slashed = location.replaceAll("\\", "/");
  const candidates = [resolve(folder, location)];
  if (slashed !== location) candidates.push(resolve(folder, slashed));
  return { item: rest, candidates, place };
}

function conventionsOf(columns: FoundColumns, nRows: number, nItems: number): string[] {
  const { path, texts, kind, group } = columns;
  return [
    `column "${path}" is the path, "${texts}" the ${kind === "tagged" ? "tags" : "captions"}`,
    ...(group === undefined ? [] : [`column "${group}" keeps items together`]),
    ...(nItems < nRows ? [`${nRows} rows joined into ${nItems} items`] : []),
  ];
}

/** The most frequent first, equally frequent ones by name. @throws MulanError `dataset.empty` */
function labelsOf(items: readonly Found[], path: string): string[] {
  const labels = byFrequency(items.flatMap(({ texts }) => texts));
  if (labels.length === 0) {
    throw new MulanError("dataset.empty", "no row has a tag", { subject: path });
  }
  return labels;
}
