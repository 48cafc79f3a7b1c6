import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cacheFolder } from "../foundation/cacheFolder.ts";
import { MulanError } from "../foundation/errors.ts";
import { packageRoot } from "../foundation/packageRoot.ts";
import { writeAtomically } from "../foundation/writeAtomically.ts";

/** A model that `load` would open. */
export interface ListedModel {
  /** What to give to `load`; "" for the embedded one. */
  readonly source: string;
  readonly name: string;
  readonly from: "embedded" | "hub" | "archive" | "added" | "folder";
  readonly folder: string;
  readonly bytes: number;
}

/**
 * The embedded model, those of the cache (hub, unpacked archives), added ones, and those in `folders`: each a model, or
 * a folder of models.
 */
export async function listModels(folders: readonly string[] = []): Promise<ListedModel[]> {
  const embedded = join(packageRoot, "models", "mulan-mini");
  const hub = await Promise.all(
    (await foldersIn(cacheFolder("hub"))).map(async (folder) => {
      const repo = nameOf(folder).replace("--", "/");
      return listed(`hf:${repo}`, repo, "hub", folder);
    }),
  );
  const archives = await Promise.all(
    (await foldersIn(cacheFolder("unpacked"))).map((folder) =>
      listed(folder, nameOf(folder), "archive", folder),
    ),
  );
  const added = await Promise.all(
    (await rememberedFolders()).map((folder) => named(folder, "added")),
  );
  const inside = await Promise.all(folders.map(modelsIn));
  const found = [
    await named(embedded, "embedded"),
    ...hub,
    ...archives,
    ...added,
    ...inside.flat(),
  ].flatMap((model) => model ?? []);
  return found.filter(({ folder }, i) => found.findIndex((one) => one.folder === folder) === i);
}

/** Puts a folder on the list of models. */
export async function rememberModel(folder: string): Promise<void> {
  const folders = new Set([...(await rememberedFolders()), resolve(folder)]);
  await writeAtomically(memoPath(), `${JSON.stringify([...folders], null, 2)}\n`);
}

/**
 * Takes a model off the list. Of the hub and of archives what lies in the cache is deleted; a folder of yours stays.
 * @returns how many bytes were deleted
 * @throws MulanError `model.not-found`, `model.embedded`
 */
export async function removeModel(source: string): Promise<number> {
  const models = await listModels();
  const wanted = source.startsWith("hf:") ? source.replace(/@.*$/, "") : resolve(source);
  const model = models.find((one) => one.source === wanted);
  if (!model) {
    throw new MulanError("model.not-found", "this model is not on the list", {
      subject: source,
      expected:
        models
          .slice(1)
          .map((one) => one.source)
          .join(", ") || "nothing: only the embedded model is there",
    });
  }
  if (model.from === "hub" || model.from === "archive") {
    await rm(model.folder, { recursive: true, force: true });
    return model.bytes;
  }
  const left = (await rememberedFolders()).filter((folder) => folder !== model.folder);
  await writeAtomically(memoPath(), `${JSON.stringify(left, null, 2)}\n`);
  return 0;
}

function memoPath(): string {
  return cacheFolder("added-models.json");
}

async function rememberedFolders(): Promise<string[]> {
  try {
    const value: unknown = JSON.parse(await readFile(memoPath(), "utf8"));
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

async function modelsIn(folder: string): Promise<(ListedModel | undefined)[]> {
  const path = resolve(folder);
  return Promise.all([path, ...(await foldersIn(path))].map((one) => named(one, "folder")));
}

/** A folder with a manifest, by its name there. */
async function named(folder: string, from: ListedModel["from"]): Promise<ListedModel | undefined> {
  const text = await readFile(join(folder, "mulan.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    const source = from === "embedded" ? "" : folder;
    return await listed(source, typeof name === "string" ? name : nameOf(folder), from, folder);
  } catch {
    // load() says what is wrong with a manifest.
    return undefined;
  }
}

async function listed(
  source: string,
  name: string,
  from: ListedModel["from"],
  folder: string,
): Promise<ListedModel> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name: file }) => (await stat(join(parentPath, file))).size),
  );
  return { source, name, from, folder, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

function nameOf(folder: string): string {
  return folder.split(/[/\\]/).at(-1)!;
}
