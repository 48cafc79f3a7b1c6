import type { SchemaTree } from "hyparquet";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { ByteWriter, parquetWrite } from "hyparquet-writer";
import { MulanError } from "../../foundation/errors.ts";
import type { Embeddings, EmbeddingsInit } from "../embeddings.ts";
import { asModality } from "./arrayFile.ts";
import { type FilePart, nameKeyIn, nameKeys } from "./rowNames.ts";
import { sourcesFromColumns, sourcesToColumns } from "./sources.ts";

const VECTOR_COLUMN = "embedding";
const MODALITY_KEY = "mulan.modality";
const MODEL_KEY = "mulan.model_id";
const DIM_KEY = "mulan.dim";

const LIST_OF_FLOAT = [
  { name: VECTOR_COLUMN, repetition_type: "REQUIRED", num_children: 1, converted_type: "LIST" },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", type: "FLOAT", repetition_type: "REQUIRED" },
] as const;
const LABEL = {
  name: "label",
  type: "BYTE_ARRAY",
  converted_type: "UTF8",
  repetition_type: "REQUIRED",
} as const;

/**
 * A table with the columns label (string) and embedding (list of float); path or text, startSec and
 * durationSec where known. Window rows have no place in it.
 */
export function encodeParquet(embeddings: Embeddings): Uint8Array {
  const { n, dim, labels, modality, modelId } = embeddings;
  const rows = Array.from({ length: n }, (_, i) => Array.from(embeddings.row(i)));
  const extra = sourceColumnsOf(embeddings);
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    schema: [
      { name: "root", num_children: 2 + extra.length },
      LABEL,
      ...LIST_OF_FLOAT,
      ...extra.map(({ element }) => element),
    ],
    columnData: [
      { name: "label", data: [...labels] },
      { name: VECTOR_COLUMN, data: rows },
      ...extra.map(({ element, data }) => ({ name: element.name, data })),
    ],
    kvMetadata: [
      { key: MODALITY_KEY, value: modality },
      { key: MODEL_KEY, value: modelId },
      { key: DIM_KEY, value: String(dim) },
    ],
    createdBy: "mulan-notebook",
  });
  return new Uint8Array(writer.getBuffer());
}

/** Ours, or any table with one column of number lists (pandas, polars, datasets). */
export async function decodeParquet(
  bytes: Uint8Array,
  path: string,
  part?: FilePart,
): Promise<EmbeddingsInit> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file);
  const schema = parquetSchema(metadata);
  const facts = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]));
  const vectorColumn = pickVectorColumn(schema, path);
  const names = schema.children.map(({ element }) => element.name);
  const labelColumn = nameKeyIn(names, nameKeys(part));
  const wanted = [vectorColumn, labelColumn, "path", "text", "startSec", "durationSec"];
  const columns = [...new Set(wanted)].filter((name) => name !== undefined && names.includes(name));
  const rows = await parquetReadObjects({
    file,
    metadata,
    compressors,
    columns: columns as string[],
  });
  const labels =
    labelColumn === undefined ? undefined : rows.map((row) => asName(row[labelColumn]));
  const source = rows.map((row) => String(row.path ?? row.text ?? ""));
  const seconds = (name: string) => rows.map((row) => (row[name] as number | null) ?? Number.NaN);
  const dim = Number(facts.get(DIM_KEY));
  return {
    data: rows.map((row, i) => asNumbers(row[vectorColumn], vectorColumn, i, path)),
    ...(dim > 0 && { dim }),
    ...(labels && { labels }),
    sources: sourcesFromColumns(
      { source, startSec: seconds("startSec"), durationSec: seconds("durationSec") },
      labels ?? [],
    ),
    modality: asModality(facts.get(MODALITY_KEY)),
    modelId: facts.get(MODEL_KEY) ?? "",
  };
}

function sourceColumnsOf({ sources, modality }: Embeddings) {
  const { source, startSec, durationSec } = sourcesToColumns(sources);
  const known = <T>(values: Iterable<T>, isKnown: (value: T) => boolean) =>
    Array.from(values, (value) => (isKnown(value) ? value : null));
  const seconds = (name: string, values: Float64Array) => ({
    element: { name, type: "DOUBLE", repetition_type: "OPTIONAL" } as const,
    data: known(values, (sec) => !Number.isNaN(sec)),
  });
  const text = {
    element: {
      ...LABEL,
      name: modality === "text" ? "text" : "path",
      repetition_type: "OPTIONAL",
    } as const,
    data: known(source, (value) => value !== ""),
  };
  const columns = [text, seconds("startSec", startSec), seconds("durationSec", durationSec)];
  return columns.filter(({ data }) => data.some((value) => value !== null));
}

/** An empty text for what is missing, which names no row. */
function asName(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

function pickVectorColumn(schema: SchemaTree, path: string): string {
  const lists = schema.children.filter(isNumberList).map(({ element }) => element.name);
  if (lists.includes(VECTOR_COLUMN)) return VECTOR_COLUMN;
  const own = schema.children.find(({ element }) => element.name === VECTOR_COLUMN);
  if (own) throw notNumbers(own, path);
  if (lists.length === 1) return lists[0]!;
  const code = lists.length > 1 ? "embedding-file.ambiguous" : "embedding-file.no-matrix";
  throw new MulanError(code, "it is not clear which column holds the embeddings", {
    subject: path,
    expected: `a column "${VECTOR_COLUMN}", or exactly one column of number lists`,
    got: schema.children
      .map((column) => `${column.element.name}${isNumberList(column) ? " (list of numbers)" : ""}`)
      .join(", "),
    remedy: `Rename the right one to "${VECTOR_COLUMN}"`,
  });
}

function isNumberList(column: SchemaTree): boolean {
  const leaf = leafOf(column);
  if (!leaf || leaf === column) return false;
  const { type, logical_type } = leaf.element;
  return type === "FLOAT" || type === "DOUBLE" || logical_type?.type === "FLOAT16";
}

/** Writers differ in the groups between a list and its elements; there is one leaf below either way. */
function leafOf(column: SchemaTree): SchemaTree | undefined {
  if (column.children.length === 0) return column;
  return column.children.length === 1 ? leafOf(column.children[0]!) : undefined;
}

function notNumbers(column: SchemaTree, path: string): MulanError {
  const leaf = leafOf(column);
  const { type, logical_type, converted_type } = leaf?.element ?? {};
  const said = [type, logical_type?.type ?? converted_type].filter(Boolean).join(" ");
  const got = !leaf ? "columns within it" : leaf === column ? said : `lists of ${said}`;
  return new MulanError("embedding-file.type", `column "${VECTOR_COLUMN}" holds no embeddings`, {
    subject: path,
    expected: "lists of float16, float32 or float64",
    got,
    remedy: "Save each row as a list of floats",
  });
}

function asNumbers(value: unknown, column: string, row: number, path: string): Float32Array {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  const numbers = isList ? Float32Array.from(value as unknown as ArrayLike<number>) : undefined;
  if (numbers && numbers.length > 0) return numbers;
  throw new MulanError(
    "embedding-file.invalid",
    `row ${row} of column "${column}" is no embedding`,
    {
      subject: path,
      expected: "a list of numbers",
      got: isList ? "an empty list" : String(value),
    },
  );
}
