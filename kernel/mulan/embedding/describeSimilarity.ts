import { shorten, textColumns } from "./describeEmbeddings.ts";

const SHOWN_ROWS = 12;
const SHOWN_COLUMNS = 8;
const ROW_LABEL_CHARS = 24;
const COLUMN_LABEL_CHARS = 14;

interface Described {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: Float32Array;
  readonly rowModality: string;
  readonly columnModality: string;
  readonly modelId: string;
}

/** A table of cosines with labels; large matrices are cut, and each row then names its best column. */
export function describeSimilarity(similarity: Described): string {
  const { rows, columns, values, rowModality, columnModality, modelId } = similarity;
  const sides = `${rows.length} ${rowModality} × ${columns.length} ${columnModality}`;
  const heading = `Similarity ${sides.replaceAll(" unknown", "")} (cosine${modelId && `, ${modelId}`})`;
  const shownRows = rows.slice(0, SHOWN_ROWS);
  const shownColumns = columns.slice(0, SHOWN_COLUMNS);
  const cut = columns.length > SHOWN_COLUMNS;
  const names = shownColumns.map((label) => shorten(label, COLUMN_LABEL_CHARS));
  const widths = names.map((text) => Math.max(7, textColumns(text)));
  const rowNames = shownRows.map((label) => shorten(label, ROW_LABEL_CHARS));
  const first = Math.max(0, ...rowNames.map(textColumns));
  const line = (head: string, cells: readonly string[], tail: string) =>
    `  ${pad(head, first, false)}  ${cells.map((cell, j) => pad(cell, widths[j]!, true)).join("  ")}${tail}`.trimEnd();
  const lines = [heading, line("", names, cut ? "  …  best" : "")];
  rowNames.forEach((name, i) => {
    const row = values.subarray(i * columns.length, (i + 1) * columns.length);
    const cells = [...row.subarray(0, SHOWN_COLUMNS)].map((value) => value.toFixed(3));
    const best = cut ? `  …  ${shorten(columns[indexOfMax(row)]!, ROW_LABEL_CHARS)}` : "";
    lines.push(line(name, cells, best));
  });
  if (rows.length > SHOWN_ROWS) lines.push(`  … and ${rows.length - SHOWN_ROWS} more rows`);
  return lines.join("\n");
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - textColumns(text)));
  return right ? space + text : text + space;
}

function indexOfMax(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}
