import { cellSource, type Notebook, type NotebookOutput } from "./notebookFile.ts";

/** What an executed notebook found, a line for each figure: its title and its reading. */
export function summarize(notebook: Notebook): string[] {
  return notebook.cells
    .filter((cell) => cell.cell_type === "code" && cellSource(cell).trim() !== "")
    .flatMap((cell) => (cell.outputs ?? []).flatMap(figureLine));
}

const FIGURE_MIME = /^application\/vnd\.mulan\.[a-z]+\.v\d+\+json$/;

function figureLine(output: NotebookOutput): string[] {
  const data = (output.data ?? {}) as Record<string, unknown>;
  const figure = Object.entries(data).find(([mime]) => FIGURE_MIME.test(mime))?.[1];
  if (typeof figure !== "object" || figure === null) return [];
  const { title, reading } = figure as { title?: unknown; reading?: unknown };
  const parts = [title, reading].filter((part) => typeof part === "string" && part !== "");
  return parts.length > 0 ? [parts.join(" — ")] : [];
}
