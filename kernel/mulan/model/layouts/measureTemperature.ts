import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { cacheKey } from "../../embedding/cache.ts";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import type { InferenceProcess } from "../inference/inference.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ModelFolder } from "../manifest/readManifest.ts";
import { groupGraphs } from "./graphNames.ts";
import { readOutline } from "./graphOutline.ts";
import { externalOf } from "./hashModel.ts";
import { hasLogits, learnedScale } from "./learnedScale.ts";
import { listModelFiles } from "./listModelFiles.ts";

/** A graph that is opened for this alone is to cost a second or two, once. */
const MAX_EXTRA_BYTES = 400 * 2 ** 20;

type Temperature = Pick<Manifest, "temperature" | "temperatureOrigin">;

/**
 * The learned temperature of a model whose files do not say it, where a combined graph with logits is what runs, or
 * lies there and is small: measured once and remembered by the graph's hash. Else what the manifest has.
 * @throws AbortError
 */
export async function measureTemperature(
  inference: InferenceProcess,
  { folder, manifest }: ModelFolder,
  signal?: AbortSignal,
): Promise<Temperature> {
  const { temperature, temperatureOrigin } = manifest;
  const known = { temperature, ...(temperatureOrigin && { temperatureOrigin }) };
  if (!isGuess(manifest)) return known;
  try {
    const graph = await graphWithLogits(folder, manifest);
    const scale = graph && (await scaleOf(inference, graph, manifest, signal));
    return scale ? measured(scale) : known;
  } catch {
    // Loading goes on without it: what is wrong with a graph that is needed is said where that is opened.
    signal?.throwIfAborted();
    return known;
  }
}

/** Nobody has said the learned one. */
export function isGuess({ temperatureOrigin }: Temperature): boolean {
  return temperatureOrigin === "initial" || temperatureOrigin === "assumed";
}

export function measured(scale: number): Temperature {
  // Seven digits are what float32 keeps.
  return { temperature: Number((1 / scale).toPrecision(6)), temperatureOrigin: "measured" };
}

interface Graph {
  readonly path: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

/** The graph that runs, else the smallest. */
async function graphWithLogits(folder: string, { audio }: Manifest): Promise<Graph | undefined> {
  const { names } = await listModelFiles(folder);
  const groups = groupGraphs(names).map(({ files }) => Object.values(files));
  const own = groups.find((files) => files.includes(audio.file));
  const isCombined = (files: readonly string[]) => hasLogits(readOutline(join(folder, files[0]!)));
  if (own && isCombined(own)) return sized(folder, audio.file);
  const others = await Promise.all(
    groups
      .filter((files) => files !== own && isCombined(files))
      .flatMap((files) => files.map((file) => sized(folder, file))),
  );
  const [smallest] = others.sort((a, b) => a.bytes - b.bytes);
  return smallest && smallest.bytes <= MAX_EXTRA_BYTES ? smallest : undefined;
}

async function sized(folder: string, file: string): Promise<Graph> {
  const { external = [] } = await externalOf(folder, file);
  const files = [file, ...external].map((name) => join(folder, name));
  const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
  return { path: files[0]!, files, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function scaleOf(
  inference: InferenceProcess,
  { path, files }: Graph,
  { audio }: Manifest,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const hashes = await Promise.all(files.map((file) => fileSha256(file, { signal })));
  const key = hashes.join("+");
  const memo = cacheFolder("scale", `${cacheKey([key, audio.frontEnd, audio.windows])}.json`);
  const remembered = await readFile(memo, "utf8").catch(() => undefined);
  if (remembered !== undefined) return (JSON.parse(remembered) as { scale?: number }).scale;
  const session = await inference.open(key, path, { provider: "cpu" }, signal);
  try {
    const scale = await learnedScale(session, audio, signal);
    await writeAtomically(memo, JSON.stringify({ scale })).catch(() => {});
    return scale;
  } finally {
    await session.release().catch(() => {});
  }
}
