import { readFile } from "node:fs/promises";

export interface SavedOutput {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly text?: readonly string[];
  readonly ename?: string;
  readonly evalue?: string;
  readonly execution_count?: number | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface SavedCell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly SavedOutput[];
  readonly execution_count?: number | null;
}

/** What lies in the file, as any other program would read it. */
export interface SavedNotebook {
  readonly metadata: { readonly kernelspec?: { readonly name: string } };
  readonly cells: readonly SavedCell[];
}

export async function readSaved(path: string): Promise<SavedNotebook> {
  return JSON.parse(await readFile(path, "utf8")) as SavedNotebook;
}

/** Code cells in order. */
export function codeCells({ cells }: SavedNotebook): readonly SavedCell[] {
  return cells.filter((cell) => cell.cell_type === "code");
}

/** Everything that the outputs of a cell say in plain text. */
export function plainText({ outputs = [] }: SavedCell): string {
  return outputs
    .map(({ text, data, evalue }) => {
      const plain = data?.["text/plain"] ?? text ?? evalue ?? "";
      return Array.isArray(plain) ? plain.join("") : String(plain);
    })
    .join("\n");
}

/** A notebook of ours with these cells, as text. A cell that begins like a heading is one. */
export function notebookText(codes: readonly string[]): string {
  const cells = codes.map((code, i) => ({
    id: `cell${i}`,
    metadata: {},
    source: code.split(/(?<=\n)/),
    ...(code.startsWith("# ")
      ? { cell_type: "markdown" }
      : { cell_type: "code", execution_count: null, outputs: [] }),
  }));
  const kernelspec = { name: "mulan", display_name: "MuLan (TypeScript)", language: "typescript" };
  const metadata = { kernelspec, language_info: { name: "typescript", file_extension: ".ts" } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** The same notebook as its author gave it away: nothing has run. */
export function withoutOutputs(text: string): string {
  const notebook = JSON.parse(text) as SavedNotebook;
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}
