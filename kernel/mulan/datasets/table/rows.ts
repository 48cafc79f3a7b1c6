import { extname } from "node:path";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { type Failure, MulanError, toMulanError } from "../../foundation/errors.ts";
import { guessDelimiter, walkCsv } from "../list/csv.ts";
import { parseJson } from "../list/json.ts";
import { decodeList, type ListFile } from "../list/listFile.ts";
import { placeOf, rowFailure, shown } from "../list/rowErrors.ts";

export interface TableRow {
  readonly cells: Readonly<Record<string, unknown>>;
  /** "tags.csv:14"; for Parquet the row's number from 1. */
  readonly place: string;
}

export interface TableRows {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  readonly failures: readonly Failure[];
  readonly conventions: readonly string[];
}

const ENDINGS: Readonly<Record<string, (list: ListFile) => TableRows | Promise<TableRows>>> = {
  ".csv": csvRows,
  ".tsv": csvRows,
  ".jsonl": jsonlRows,
  ".ndjson": jsonlRows,
  ".parquet": parquetRows,
};

/** @throws MulanError `dataset.table`, `dataset.csv`, `dataset.empty` */
export async function tableRows(list: ListFile): Promise<TableRows> {
  const ending = extname(list.path).toLowerCase();
  const read = ENDINGS[ending];
  if (!read) {
    throw new MulanError("dataset.table", "this kind of file is not known as a table", {
      subject: list.path,
      expected: Object.keys(ENDINGS).join(", "),
      got: ending === "" ? "no ending" : ending,
    });
  }
  const table = await read(list);
  if (table.rows.length > 0) return table;
  throw table.failures[0]?.error ?? emptyTable(list.path);
}

function emptyTable(path: string): MulanError {
  return new MulanError("dataset.empty", "the table has no rows", { subject: path });
}

function csvRows(list: ListFile): TableRows {
  const { text, conventions } = decodeList(list);
  const rows: TableRow[] = [];
  let header: readonly string[] = [];
  const failures = walkCsv(text, {
    path: list.path,
    delimiter: list.path.toLowerCase().endsWith(".tsv") ? "\t" : guessDelimiter(text),
    onHeader: (names) => {
      header = names;
    },
    onRow: (fields, line) => {
      const cells = Object.fromEntries(header.map((name, i) => [name, fields[i]]));
      rows.push({ cells, place: placeOf(list.path, line) });
    },
  });
  return { header, rows, failures, conventions };
}

function jsonlRows(list: ListFile): TableRows {
  const { text, conventions } = decodeList(list);
  const header = new Set<string>();
  const rows: TableRow[] = [];
  const failures: Failure[] = [];
  text.split("\n").forEach((content, i) => {
    if (content.trim() === "") return;
    try {
      const cells = parseJson(content, list.path, i + 1);
      if (typeof cells !== "object" || cells === null || Array.isArray(cells)) {
        failures.push(
          rowFailure(list.path, i + 1, "the line is no row", {
            expected: '{ "path": …, "tags": […] }',
            got: shown(cells),
          }),
        );
        return;
      }
      for (const name of Object.keys(cells)) header.add(name);
      rows.push({ cells: cells as Record<string, unknown>, place: placeOf(list.path, i + 1) });
    } catch (error) {
      failures.push({
        source: placeOf(list.path, i + 1),
        error: toMulanError(error, "dataset.json"),
      });
    }
  });
  return { header: [...header], rows, failures, conventions };
}

async function parquetRows(list: ListFile): Promise<TableRows> {
  const file = new Uint8Array(list.bytes).buffer;
  try {
    const metadata = parquetMetadata(file);
    const header = parquetSchema(metadata).children.map(({ element }) => element.name);
    const read = await parquetReadObjects({ file, metadata, compressors });
    const rows = read.map((cells, i) => ({ cells, place: `${list.path} row ${i + 1}` }));
    return { header, rows, failures: [], conventions: [] };
  } catch (error) {
    throw toMulanError(error, "dataset.table", { subject: list.path, expected: "a Parquet file" });
  }
}
