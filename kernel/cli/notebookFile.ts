import { readFile } from "node:fs/promises";
import { z } from "zod";
import { MulanError } from "../mulan/foundation/errors.ts";
import { writeAtomically } from "../mulan/foundation/writeAtomically.ts";

const multiline = z.union([z.string(), z.array(z.string())]);
const metadata = z.record(z.string(), z.unknown());

const cellSchema = z.looseObject({
  cell_type: z.enum(["code", "markdown", "raw"]),
  id: z.string().optional(),
  metadata: metadata.default({}),
  source: multiline,
  outputs: z.array(metadata).optional(),
  execution_count: z.number().nullable().optional(),
});

const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.number(),
  metadata,
  cells: z.array(cellSchema),
});

/** A notebook in nbformat 4; unknown fields are kept as they are. */
export type Notebook = z.infer<typeof notebookSchema>;
export type NotebookCell = z.infer<typeof cellSchema>;
/** An output as nbformat writes it. */
export type NotebookOutput = Readonly<Record<string, unknown>>;

export const KERNEL_NAME = "mulan";

/** @throws MulanError `notebook.unreadable`, `notebook.notJson`, `notebook.format`. */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const got = cause.code === "ENOENT" ? "no such file" : cause.message;
    throw new MulanError(
      "notebook.unreadable",
      "cannot be read",
      { subject: path, got },
      { cause },
    );
  });
  return parseNotebook(text, path);
}

export function parseNotebook(text: string, path: string): Notebook {
  const json = parseJson(text, path);
  const major = (json as { nbformat?: unknown } | null)?.nbformat;
  if (typeof major === "number" && major !== 4) {
    throw new MulanError("notebook.format", "is a notebook of another format", {
      subject: path,
      expected: "nbformat 4",
      got: `nbformat ${major}`,
      remedy: "Convert it with `jupyter nbconvert --to notebook --nbformat 4`",
    });
  }
  const parsed = notebookSchema.safeParse(json);
  if (parsed.success) return withCellMetadata(json as z.input<typeof notebookSchema>);
  const issue = parsed.error.issues[0];
  throw new MulanError("notebook.format", "is not a notebook", {
    subject: path,
    expected: "a Jupyter notebook (nbformat 4)",
    got: issue ? `${issue.path.join(".") || "the file"}: ${issue.message}` : "something else",
  });
}

/**
 * The file's own objects, not the schema's copies: those have the schema's order of keys, and every notebook
 * that Jupyter wrote would come back as one whole difference.
 */
function withCellMetadata(notebook: z.input<typeof notebookSchema>): Notebook {
  const cells = notebook.cells.map((cell) => {
    const { metadata } = cell;
    return metadata === undefined ? { ...cell, metadata: {} } : { ...cell, metadata };
  });
  return { ...notebook, cells };
}

/** @throws MulanError `notebook.kernel` when the notebook is another kernel's, or names none. */
export function assertOurKernel(notebook: Notebook, path: string): void {
  const kernelspec = notebook.metadata.kernelspec as { name?: unknown } | undefined;
  if (kernelspec?.name === KERNEL_NAME) return;
  throw new MulanError("notebook.kernel", "is not a notebook of this kernel", {
    subject: path,
    expected: `kernelspec "${KERNEL_NAME}" in its metadata`,
    got:
      kernelspec?.name === undefined ? "no kernelspec" : `kernelspec "${String(kernelspec.name)}"`,
    remedy: "Choose the MuLan kernel for it, or pass --any-kernel to run its cells as TypeScript",
  });
}

/** Jupyter's own layout: one space of indent, sources as lists of lines, a newline at the end. */
export function serializeNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({ ...cell, source: splitLines(cellSource(cell)) }));
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}

/** Folders are made; what is there already is replaced only by the whole new file. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeAtomically(path, serializeNotebook(notebook));
}

export function cellSource(cell: NotebookCell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

export function cellTags(cell: NotebookCell): readonly string[] {
  const tags = cell.metadata.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

/** nbformat keeps text as lines, each with its line feed. */
export function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function parseJson(text: string, path: string): unknown {
  try {
    // Editors on Windows put a byte order mark first.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new MulanError(
      "notebook.notJson",
      "is not JSON",
      { subject: path, expected: "a Jupyter notebook", got: firstCharacters(text) },
      { cause },
    );
  }
}

function firstCharacters(text: string): string {
  return text === ""
    ? "an empty file"
    : `a file that begins with ${JSON.stringify(text.slice(0, 24))}`;
}
