import { join, resolve } from "node:path";
import { cacheKey } from "../../embedding/cache.ts";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { MulanError } from "../../foundation/errors.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import { classifyGraph } from "../layouts/classifyGraph.ts";
import { layoutOf } from "../layouts/findLayout.ts";
import { listModelFiles } from "../layouts/listModelFiles.ts";
import { seeFolder } from "../layouts/seenFolder.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { parseManifest, readModelFolder } from "../manifest/readManifest.ts";
import type { RemoteSource } from "./remoteSource.ts";
import type { V2Client } from "./v2Client.ts";
import { type ModelMetadata, tensorInfo } from "./v2Protocol.ts";

export interface RemoteModel {
  readonly manifest: Manifest;
  /** Where the tokenizer lies. */
  readonly folder: string;
}

/** The server's models of the two towers; twice the same for one that holds both. */
export interface RemoteGraphs {
  readonly audio: ModelMetadata;
  readonly text: ModelMetadata;
}

/**
 * What stands before and after the server's towers: a folder of this machine says it, or the model's metadata.
 * @throws MulanError `server.manifest`, `model.manifest`, `model.layout`, `model.config`, `model.tokenizer`
 */
export async function remoteManifest(
  client: V2Client,
  source: RemoteSource,
  graphs: RemoteGraphs,
): Promise<RemoteModel> {
  const { folder, manifest } = await (source.folder === undefined
    ? ofMetadata(client, source, graphs)
    : ofFolder(resolve(source.folder), source, graphs));
  return { folder, manifest: onServer(client, manifest, graphs) };
}

async function ofFolder(
  path: string,
  { model }: RemoteSource,
  graphs: RemoteGraphs,
): Promise<RemoteModel> {
  const listing = await listModelFiles(path).catch((cause: NodeJS.ErrnoException) => {
    const parts = { subject: path, ...(cause.code && { got: cause.code }) };
    throw new MulanError("model.not-found", "this folder cannot be read", parts, { cause });
  });
  if (listing.names.includes("mulan.json")) return readModelFolder(listing.folder);
  const seen = await seeFolder(
    { ...listing, names: listing.names.filter((name) => !name.endsWith(".onnx")) },
    model,
  );
  const served = [...new Set([graphs.audio, graphs.text])].map(({ name, inputs, outputs }) => {
    const outline = {
      inputs: (inputs ?? []).map(tensorInfo),
      outputs: (outputs ?? []).map(tensorInfo),
      opset: 0,
      foreignOps: [],
      external: [],
    };
    return { stem: name, files: { fp32: name }, outline, role: classifyGraph(outline) };
  });
  return { folder: listing.folder, manifest: layoutOf({ ...seen, graphs: served }, model) };
}

/** `parameters` of a model's metadata may carry both files, as text or as JSON. */
async function ofMetadata(
  client: V2Client,
  { model }: RemoteSource,
  { audio, text }: RemoteGraphs,
): Promise<RemoteModel> {
  const parameters = { ...text.parameters, ...audio.parameters };
  const file = (name: string): string => {
    const value = parameters[name];
    if (typeof value === "string") return value;
    if (typeof value === "object" && value !== null) return JSON.stringify(value);
    throw new MulanError("server.manifest", `nothing says how the model "${model}" is used`, {
      subject: client.url,
      expected: `the option "folder" with its tokenizer.json and mulan.json or preprocessor_config.json, or "${name}" among the parameters of the server's model metadata`,
      got: "neither",
      remedy: `Write load({ server, model, folder: "…" })`,
    });
  };
  const manifest = parseManifest(file("mulan.json"), `${client.url}: mulan.json`);
  const tokenizer = file("tokenizer.json");
  const folder = cacheFolder("served", cacheKey([tokenizer]).slice(0, 32));
  await writeAtomically(join(folder, "tokenizer.json"), tokenizer);
  const { configFile: _, ...rest } = manifest.text.tokenizer;
  const used = { ...rest, file: "tokenizer.json" };
  return { folder, manifest: { ...manifest, text: { ...manifest.text, tokenizer: used } } };
}

/**
 * Files are the server's models: what names them is where they are served, under which name, in which version. A model
 * that is changed without a new version is taken for the old one by the cache.
 */
function onServer(client: V2Client, manifest: Manifest, { audio, text }: RemoteGraphs): Manifest {
  const files: Manifest["files"] = {};
  for (const { name, versions, inputs, outputs } of [audio, text]) {
    const sha256 = cacheKey([client.url, name, versions ?? [], inputs ?? [], outputs ?? []]);
    files[name] = { sha256, bytes: 0 };
  }
  const { variants: _a, external: _b, precision: _c, melGraph: _d, ...audioTower } = manifest.audio;
  const { variants: _e, external: _f, precision: _g, ...textTower } = manifest.text;
  return {
    ...manifest,
    version: manifest.version === "unhashed" ? (audio.versions?.at(-1) ?? "1") : manifest.version,
    audio: { ...audioTower, file: audio.name },
    text: { ...textTower, file: text.name },
    files,
  };
}
