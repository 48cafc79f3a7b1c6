import type { SchemaTree } from "hyparquet";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { ByteWriter, parquetWrite } from "hyparquet-writer";
import { MulanError } from "../../foundation/errors.ts";
import type { Embeddings, EmbeddingsInit } from "../embeddings.ts";
import { asModality } from "./arrayFile.ts";
import { sourcesFromColumns, sourcesToColumns } from "./sources.ts";

const VECTOR_COLUMN = "embedding";
/** Where a label may stand in a table that others wrote, most telling first. */
const LABEL_COLUMNS = ["label", "labels", "title", "name", "text", "caption"];
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
export async function decodeParquet(bytes: Uint8Array, path: string): Promise<EmbeddingsInit> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file);
  const schema = parquetSchema(metadata);
  const facts = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]));
  const vectorColumn = pickVectorColumn(schema, path);
  const names = schema.children.map(({ element }) => element.name);
  const labelColumn = LABEL_COLUMNS.find((name) => names.includes(name));
  const wanted = [vectorColumn, labelColumn, "path", "text", "startSec", "durationSec"];
  const columns = [...new Set(wanted)].filter((name) => name !== undefined && names.includes(name));
  const rows = await parquetReadObjects({
    file,
    metadata,
    compressors,
    columns: columns as string[],
  });
  const labels = rows.map((row, i) => (labelColumn ? String(row[labelColumn]) : String(i)));
  const source = rows.map((row) => String(row.path ?? row.text ?? ""));
  const seconds = (name: string) => rows.map((row) => (row[name] as number | null) ?? Number.NaN);
  const dim = Number(facts.get(DIM_KEY));
  return {
    data: rows.map((row, i) => asNumbers(row[vectorColumn], vectorColumn, i, path)),
    ...(dim > 0 && { dim }),
    labels,
    sources: sourcesFromColumns(
      { source, startSec: seconds("startSec"), durationSec: seconds("durationSec") },
      labels,
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

function pickVectorColumn(schema: SchemaTree, path: string): string {
  const lists = schema.children.filter(isNumberList).map(({ element }) => element.name);
  if (lists.includes(VECTOR_COLUMN)) return VECTOR_COLUMN;
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

/** Writers differ in the groups between a list and its elements; there is one leaf below either way. */
function isNumberList({ children }: SchemaTree): boolean {
  const [child] = children;
  if (children.length !== 1 || !child) return false;
  if (child.children.length > 0) return isNumberList(child);
  return child.element.type === "FLOAT" || child.element.type === "DOUBLE";
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
