import type { Cell, Column } from "./reportTable.ts";

/** RFC 4180, with plain line feeds; what is not known is empty. */
export function tableToCsv(columns: readonly Column[]): string {
  const nRows = columns[0]?.cells.length ?? 0;
  const lines = [columns.map(({ name }) => field(name)).join(",")];
  for (let row = 0; row < nRows; row++) {
    lines.push(columns.map(({ cells }) => field(cells[row] ?? null)).join(","));
  }
  return `${lines.join("\n")}\n`;
}

function field(value: Cell): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
