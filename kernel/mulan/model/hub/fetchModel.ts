import { join } from "node:path";
import type { Progress } from "../../foundation/ambient.ts";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { MulanError } from "../../foundation/errors.ts";
import type { DeviceRequest } from "../device/devices.ts";
import { readOutline } from "../layouts/graphOutline.ts";
import {
  choosePrecision,
  type PrecisionRequest,
  unusedVariants,
} from "../manifest/choosePrecision.ts";
import { neededFiles } from "../manifest/neededFiles.ts";
import { readModelFolder } from "../manifest/readManifest.ts";
import { chooseGraphFiles, noteFiles, weightFiles } from "./chooseHubFiles.ts";
import { downloadFile } from "./downloadFile.ts";
import type { HubCall } from "./hubFetch.ts";
import { type HubListing, listHubFiles } from "./hubListing.ts";
import { type HubSource, parseHubSource } from "./hubSource.ts";

export interface HubRequest {
  readonly precision: PrecisionRequest;
  readonly device: DeviceRequest;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Brings what a model of the hub needs into the cache, and nothing else; its folder there. What is there already is not
 * asked for again.
 * @throws MulanError `hub.source`, `hub.unauthorized`, `hub.not-found`, `hub.busy`, `hub.failed`, `hub.offline`, `hub.answer`,
 * `hub.interrupted`, `hub.hash`, `model.layout`, `model.precision`; AbortError
 */
export async function fetchModel(source: string, request: HubRequest): Promise<string> {
  const hub = parseHubSource(source);
  const call = { source: hub, signal: request.signal };
  const listing = await listHubFiles(call);
  const folder = join(repoFolder(hub), listing.commit);
  const names = listing.files.map(({ path }) => path);
  const download = (wanted: readonly string[]) =>
    downloadAll(call, listing, folder, wanted, request.onProgress);
  await download(noteFiles(names));
  if (names.includes("mulan.json")) {
    await download(await listedFiles(folder, request.precision));
    return folder;
  }
  const device = request.device === "cpu" || request.device === "auto" ? "cpu" : "gpu";
  const graphs = chooseGraphFiles(names, request.precision, device, hub.repo);
  await download(graphs.flatMap((graph) => [graph, ...weightFiles(names, graph)]));
  await download(graphs.flatMap((graph) => namedWeights(folder, graph)));
  return folder;
}

/** Where a repository's files lie in the cache, one folder a commit. */
export function repoFolder({ repo }: Pick<HubSource, "repo">): string {
  return cacheFolder("hub", repo.replace("/", "--"));
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e4) / 100;
}

/** Weights with names of their own stand in the graph only. */
function namedWeights(folder: string, graph: string): string[] {
  const home = graph.includes("/") ? graph.slice(0, graph.lastIndexOf("/") + 1) : "";
  return readOutline(join(folder, graph)).external.map(
    ({ file }) => home + file.replace(/^\.\//, ""),
  );
}

async function listedFiles(folder: string, precision: PrecisionRequest): Promise<string[]> {
  const { manifest } = await readModelFolder(folder);
  const chosen = choosePrecision(manifest, precision);
  const unused = unusedVariants(chosen);
  const listed = Object.keys(chosen.files).filter((name) => !unused.has(name));
  return [...new Set([...neededFiles(chosen), ...listed])];
}

async function downloadAll(
  call: HubCall,
  { commit, files }: HubListing,
  folder: string,
  wanted: readonly string[],
  tell: HubRequest["onProgress"],
): Promise<void> {
  const chosen = [...new Set(wanted)].map((name) => {
    const file = files.find(({ path }) => path === name);
    if (file) return file;
    throw new MulanError("hub.not-found", "a file that the model names is not in its repository", {
      subject: `${call.source.repo}: ${name}`,
      remedy: "Tell the model's owner; another revision may have it (hf:owner/name@revision)",
    });
  });
  const total = chosen.reduce((sum, { bytes }) => sum + bytes, 0);
  const startedMs = performance.now();
  let here = 0;
  for (const file of chosen) {
    await downloadFile(call, commit, file, folder, (bytes) => {
      here += bytes;
      const done = megabytes(here);
      const rate = done / Math.max(1e-3, (performance.now() - startedMs) / 1000);
      tell?.({
        label: `downloading ${call.source.repo} (MB)`,
        done,
        total: megabytes(total),
        rate,
      });
    });
  }
}
