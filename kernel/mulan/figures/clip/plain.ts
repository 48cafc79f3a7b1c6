import type { ClipFigure } from "../contract.ts";
import { textTable } from "../plain/textTable.ts";

/** Title and reading tell the sound; the tags stand between them. */
export function plainClip(figure: ClipFigure): string[] {
  const rows = Object.entries(figure.tags).map(([name, value]) => [name, value]);
  return textTable(rows, () => false);
}
