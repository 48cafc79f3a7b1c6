import { inspect } from "node:util";
import { textTable } from "../../mulan/figures/plain/textTable.ts";
import type { Bundle } from "../protocol.ts";

type Row = Readonly<Record<string, unknown>>;

const MAX_ROWS = 50;
const MAX_COLUMNS = 20;
const MAX_CELL_CHARS = 80;

/** Whether a value is a list of plain objects, which people read best as a table. */
export function isTable(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}

/** A list of objects as an HTML table and as text; long lists are cut and say so. */
export function tableBundle(rows: readonly Row[]): Bundle {
  const shown = rows.slice(0, MAX_ROWS);
  const allColumns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const columns = allColumns.slice(0, MAX_COLUMNS);
  const cells = shown.map((row) => columns.map((column) => cellText(row, column)));
  const isNumeric = columns.map((column) => shown.every((row) => isNumberLike(row[column])));
  const note = cutNote(rows.length, allColumns.length);
  const header = ["", ...columns];
  const body = cells.map((row, index) => [String(index), ...row]);
  const lines = textTable([header, ...body], (column) => isNumeric[column - 1] ?? true);
  return {
    "text/html": htmlTable(header, body, isNumeric, note),
    "text/plain": [...lines, ...(note ? [note] : [])].join("\n"),
  };
}

function htmlTable(
  header: readonly string[],
  body: readonly (readonly string[])[],
  isNumeric: readonly boolean[],
  note: string,
): string {
  const head = header.map((name) => `<th>${escapeHtml(name)}</th>`).join("");
  const rows = body.map((row) => {
    const data = row.slice(1).map((text, column) => {
      const align = isNumeric[column] ? ' style="text-align:right"' : ' style="text-align:left"';
      return `<td${align}>${escapeHtml(text)}</td>`;
    });
    return `<tr><th>${escapeHtml(row[0] ?? "")}</th>${data.join("")}</tr>`;
  });
  const footer = note ? `<p>${escapeHtml(note)}</p>` : "";
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>${footer}`;
}

/** Labels and file tags are other people's text: none of it may become markup. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function cellText(row: Row, column: string): string {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  if (value === undefined) return "";
  const text =
    typeof value === "string"
      ? value
      : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 6 });
  const oneLine = text.replaceAll(/\s*\n\s*/g, " ");
  return oneLine.length > MAX_CELL_CHARS ? `${oneLine.slice(0, MAX_CELL_CHARS - 1)}…` : oneLine;
}

function cutNote(nRows: number, nColumns: number): string {
  const parts = [
    ...(nRows > MAX_ROWS ? [`${nRows - MAX_ROWS} more rows`] : []),
    ...(nColumns > MAX_COLUMNS ? [`${nColumns - MAX_COLUMNS} more columns`] : []),
  ];
  return parts.length > 0 ? `… ${parts.join(", ")}` : "";
}

function isPlainObject(value: unknown): value is Row {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isNumberLike(value: unknown): boolean {
  return value === undefined || typeof value === "number" || typeof value === "bigint";
}
