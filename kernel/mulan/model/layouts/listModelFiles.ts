import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The folder that really holds a model, and the names of its files, "/" between folders. */
export interface FolderListing {
  readonly folder: string;
  readonly names: readonly string[];
}

/** Folders below the model's own: Hugging Face's exports lie in onnx/. */
const MAX_DEPTH = 2;

/** A folder that holds nothing but one folder (an unpacked archive) stands for that one. */
export async function listModelFiles(folder: string): Promise<FolderListing> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(isSeen);
  const [only] = entries;
  if (entries.length === 1 && only?.isDirectory()) return listModelFiles(join(folder, only.name));
  return { folder, names: await namesIn(folder, "", 1) };
}

async function namesIn(folder: string, prefix: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter(isSeen)) {
    const name = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    // A link counts as what it leads to: that it does not lead outside is checked with the file's hash.
    const isFolder = entry.isSymbolicLink()
      ? (await stat(join(folder, name)).catch(() => undefined))?.isDirectory()
      : entry.isDirectory();
    if (!isFolder) found.push(name);
    else if (depth < MAX_DEPTH) found.push(...(await namesIn(folder, name, depth + 1)));
  }
  return found.sort();
}

function isSeen({ name }: { readonly name: string }): boolean {
  return !name.startsWith(".") && name !== "__MACOSX";
}
