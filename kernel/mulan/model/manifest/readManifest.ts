import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { type Manifest, manifestSchema } from "./manifest.ts";
import { zodProblem } from "./zodProblem.ts";

const MANIFEST_NAME = "mulan.json";
const EMBEDDED_MODEL = "mulan-mini";

/** A model as it lies on disk, its manifest checked against the schema but not yet against its files. */
export interface ModelFolder {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The manifest was made by looking into the folder: its files are not listed yet. */
  readonly isFound?: boolean;
}

/**
 * The model that a source names: a folder with mulan.json, that file itself, or nothing for the default: what
 * `MULAN_MODEL` names, else the embedded model.
 * @throws MulanError `model.not-found`, `model.manifest`
 */
export async function readModelFolder(source?: string): Promise<ModelFolder> {
  const embedded = join(packageRoot, "models", EMBEDDED_MODEL);
  const folder = await findFolder(source ?? (process.env.MULAN_MODEL || embedded));
  const path = join(folder, MANIFEST_NAME);
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new MulanError(
      "model.not-found",
      cause.code === "ENOENT" ? "this folder holds no model" : `cannot be read (${cause.code})`,
      {
        subject: folder,
        expected: `a folder with ${MANIFEST_NAME}, the model's manifest`,
        ...(cause.code === "ENOENT" && { got: `no ${MANIFEST_NAME} in it` }),
        remedy: "Give the folder of a model, or leave the source out for the embedded one",
      },
      { cause },
    );
  });
  return { folder, manifest: parseManifest(text, path) };
}

async function findFolder(source: string): Promise<string> {
  const path = resolve(source);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() && basename(path) === MANIFEST_NAME) return dirname(path);
  if (found?.isDirectory()) return path;
  throw new MulanError("model.not-found", found ? "is not a model" : "does not exist", {
    subject: path,
    expected: `a folder with ${MANIFEST_NAME}`,
    ...(found && { got: "a file" }),
    remedy: "Give the folder of a model, or leave the source out for the embedded one",
  });
}

/** @param path for messages @throws MulanError `model.manifest` */
export function parseManifest(text: string, path: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const parts = { subject: path, expected: "JSON", got: (cause as Error).message };
    throw new MulanError("model.manifest", "the manifest is not JSON", parts, { cause });
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { field, expected, got, nOthers } = zodProblem(parsed.error, value);
  throw new MulanError(
    "model.manifest",
    field ? `the manifest's field "${field}" is wrong` : "the manifest is wrong",
    {
      subject: path,
      expected,
      got,
      ...(nOthers > 0 && { remedy: `Correct it, and ${nOthers} more after it` }),
    },
  );
}
