import { stat } from "node:fs/promises";
import { join } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import { checkInside } from "../manifest/checkInside.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { neededFiles } from "../manifest/neededFiles.ts";
import { modelHash } from "../towers/identity.ts";
import { readOutline } from "./graphOutline.ts";

/**
 * Fills in the files of a manifest that was made by looking: their sizes and hashes, weights beside the graphs, and a
 * version that names just these files. Unchanged files are hashed once, not on every load.
 * @throws MulanError `model.file-missing`, `model.file-outside`, `model.external-data`, `model.graph`
 */
export async function hashModel(
  folder: string,
  found: Manifest,
  signal?: AbortSignal,
): Promise<Manifest> {
  const audio = { ...found.audio, ...(await externalOf(folder, found.audio.file)) };
  const text = { ...found.text, ...(await externalOf(folder, found.text.file)) };
  const manifest = { ...found, audio, text };
  const files: Record<string, { sha256: string; bytes: number }> = {};
  for (const name of new Set(neededFiles(manifest))) {
    const path = join(folder, name);
    const status = await stat(path).catch(() => undefined);
    if (!status) throw missing(path);
    await checkInside(folder, path);
    files[name] = { sha256: await fileSha256(path, { signal }), bytes: status.size };
  }
  const hashed = { ...manifest, files };
  return { ...hashed, version: modelHash(hashed).slice(0, 8) };
}

/** The files of weights that a graph needs. @throws MulanError `model.external-data` where one is missing or cut off */
export async function externalOf(folder: string, graph: string): Promise<{ external?: string[] }> {
  const path = join(folder, graph);
  if (!(await stat(path).catch(() => undefined))) throw missing(path);
  const { external } = readOutline(path);
  if (external.length === 0) return {};
  const home = graph.includes("/") ? graph.slice(0, graph.lastIndexOf("/") + 1) : "";
  for (const { file, bytes } of external)
    await checkExternal(join(folder, home), graph, file, bytes);
  return { external: external.map(({ file }) => `${home}${file.replace(/^\.\//, "")}`) };
}

async function checkExternal(
  folder: string,
  graph: string,
  file: string,
  bytes: number,
): Promise<void> {
  const parts = {
    subject: join(folder, file),
    remedy: "Copy or download it again, into the same folder as the graph and under this name",
  };
  if (/^([/\\]|[A-Za-z]:)/.test(file) || file.split(/[/\\]/).includes("..")) {
    throw new MulanError("model.file-outside", "a graph's weights lie outside its folder", {
      ...parts,
      remedy: "Put them beside the graph",
    });
  }
  const status = await stat(join(folder, file)).catch(() => undefined);
  if (!status) {
    throw new MulanError("model.external-data", `the weights of ${graph} are missing`, {
      ...parts,
      expected: `${bytes} bytes beside the graph`,
      got: "no such file",
    });
  }
  if (status.size < bytes) {
    throw new MulanError("model.external-data", `the weights of ${graph} are cut off`, {
      ...parts,
      expected: `at least ${bytes} bytes`,
      got: `${status.size} bytes`,
    });
  }
}

function missing(path: string): MulanError {
  return new MulanError("model.file-missing", "a file of the model is missing", {
    subject: path,
    remedy: "Copy the whole model folder again",
  });
}
