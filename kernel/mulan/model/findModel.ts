import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseDevice } from "./device/devices.ts";
import { HUB_PREFIX, parseHubSource } from "./hub/hubSource.ts";
import { findLayout } from "./layouts/findLayout.ts";
import { listModelFiles } from "./layouts/listModelFiles.ts";
import { unpackArchive } from "./layouts/unpackArchive.ts";
import type { Loading } from "./loading.ts";
import type { LoadOptions } from "./loadOptions.ts";
import { type ModelFolder, readModelFolder } from "./manifest/readManifest.ts";

/**
 * The model that a source names, whatever it is: its manifest is read, or made of what lies in the folder.
 * @throws MulanError `model.not-found`, `model.manifest`, `model.layout`, `model.archive`, …; AbortError
 */
export async function findModel(
  source: string | undefined,
  { signal, onProgress }: Pick<Loading, "signal" | "onProgress">,
  { device, precision = "auto" }: Pick<LoadOptions, "device" | "precision"> = {},
): Promise<ModelFolder> {
  if (source === undefined) return readModelFolder();
  if (source.startsWith(HUB_PREFIX)) {
    const asked = parseDevice(device ?? (process.env.MULAN_DEVICE || "auto"));
    const request = { precision, device: asked, signal, onProgress };
    const { repo } = parseHubSource(source);
    // The hub's package takes a while to start: only who needs it waits.
    const { fetchModel } = await import("./hub/fetchModel.ts");
    return lookInto(await fetchModel(source, request), repo);
  }
  const path = resolve(source);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() && path.toLowerCase().endsWith(".zip")) {
    return lookInto(await unpackArchive(path, signal), nameOf(path));
  }
  if (found?.isDirectory()) return lookInto(path);
  return readModelFolder(source);
}

/** A folder with mulan.json as that says, any other by its layout. @param name for a model that says none itself */
export async function lookInto(path: string, name?: string): Promise<ModelFolder> {
  const listing = await listModelFiles(path);
  const { folder, names } = listing;
  const graphs = names.some((one) => one.endsWith(".onnx"));
  if (names.includes("mulan.json") || (!graphs && names.length === 0))
    return readModelFolder(folder);
  return { folder, manifest: await findLayout(listing, name), isFound: true };
}

function nameOf(archive: string): string {
  return join(archive)
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.zip$/i, "");
}
