import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Manifest } from "../manifest/manifest.ts";
import { classifyGraph, type GraphRole } from "./classifyGraph.ts";
import { type GraphGroup, groupGraphs } from "./graphNames.ts";
import { type GraphOutline, readOutline } from "./graphOutline.ts";
import type { FolderListing } from "./listModelFiles.ts";
import {
  configSchema,
  type ExportNotes,
  exportNotesSchema,
  type ModelConfig,
  type Preprocessor,
  preprocessorSchema,
  tokenizerConfigSchema,
} from "./modelFiles.ts";
import { readJson } from "./readJson.ts";

/** A graph with what it says of itself. */
export interface SeenGraph extends GraphGroup {
  readonly role: GraphRole;
  readonly outline: GraphOutline;
}

/** All that looking into a model's folder shows. */
export interface SeenFolder extends FolderListing {
  readonly graphs: readonly SeenGraph[];
  readonly config?: ModelConfig | undefined;
  readonly preprocessor?: Preprocessor | undefined;
  readonly notes: ExportNotes;
  readonly tokenizer: { file: string; configFile?: string; maxTokens?: number } | undefined;
  /** Of the README's front matter, "unknown" without one. */
  readonly licence: string;
  readonly id: string;
}

/** @throws MulanError `model.graph`, `model.graph-too-large`, `model.config` */
export async function seeFolder(listing: FolderListing, name?: string): Promise<SeenFolder> {
  const { folder, names } = listing;
  const graphs = groupGraphs(names).map((group) => {
    const [file] = Object.values(group.files);
    const outline = readOutline(join(folder, file!));
    return { ...group, outline, role: classifyGraph(outline) };
  });
  const [config, preprocessor, manifest, notes] = await Promise.all([
    readJson(folder, "config.json", configSchema),
    readJson(folder, "preprocessor_config.json", preprocessorSchema),
    readJson(folder, "manifest.json", exportNotesSchema),
    readJson(folder, "config.json", exportNotesSchema),
  ]);
  return {
    folder,
    names,
    graphs,
    config,
    preprocessor,
    notes: { ...notes, ...manifest },
    tokenizer: await findTokenizer(listing),
    licence: await readLicence(folder),
    id: slug(name ?? basename(folder)),
  };
}

async function findTokenizer({ folder, names }: FolderListing): Promise<SeenFolder["tokenizer"]> {
  const find = (name: string) =>
    names.find((one) => one === name) ?? names.find((one) => basename(one) === name);
  const file = find("tokenizer.json");
  if (file === undefined) return undefined;
  const configFile = find("tokenizer_config.json");
  const config = configFile && (await readJson(folder, configFile, tokenizerConfigSchema));
  const longest = config ? config.model_max_length : undefined;
  return {
    file,
    ...(configFile !== undefined && { configFile }),
    // transformers writes 1e30 for "no limit".
    ...(longest !== undefined && longest < 1e6 && { maxTokens: Math.floor(longest) }),
  };
}

async function readLicence(folder: string): Promise<string> {
  const readme = await readFile(join(folder, "README.md"), "utf8").catch(() => "");
  const header = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readme)?.[1] ?? "";
  return /^license:\s*["']?([^"'\r\n]+)/m.exec(header)?.[1]?.trim() || "unknown";
}

function slug(name: string): Manifest["id"] {
  const plain = name.toLowerCase().replace(/[^a-z0-9._-]+/g, "-");
  return plain.replace(/^[^a-z0-9]+|-+$/g, "") || "model";
}
