import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../foundation/cacheFolder.ts";

const GRAPH = "graph.onnx";
/**
 * Weights: mapped into memory when the session opens, not parsed. Beside them stands what the CPU's kernels made of them,
 * so that opening touches no new memory: twice the disk, and BERT-base opens in two thirds of the time.
 */
const WEIGHTS = "weights.bin";
/** Written last: without it, or when it does not fit, the folder is made anew. */
const MARKER = "graph.json";

/** Raise it when graphs are stored in another way. */
const FORMAT = 2;
/** Each takes up to twice the disk of its model; those that were not used for longest go first. */
const MAX_KEPT_BYTES = 8 * 2 ** 30;
const DEFAULT_MIN_MB = 48;

/** Smaller graphs open in less time than it takes to look for them: `MULAN_OPTIMIZE_MIN_MB`, else 48 MB. */
export function minBytes(env: NodeJS.ProcessEnv = process.env): number {
  const megabytes = Number(env.MULAN_OPTIMIZE_MIN_MB || Number.NaN);
  return (Number.isFinite(megabytes) ? megabytes : DEFAULT_MIN_MB) * 2 ** 20;
}

/**
 * Where a graph is kept as ONNX Runtime has optimised it: for this machine's processor, this version of the runtime.
 * @param contents names the graph's bytes, weights in other files included
 */
export function optimizedFolder(contents: string, runtimeVersion: string): string {
  const parts = [FORMAT, contents, runtimeVersion, process.arch, processor()];
  const key = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return cacheFolder("graphs", key.slice(0, 32));
}

/** The stored graph, when it is whole; undefined also removes what is left of one that is not. */
export async function findOptimized(folder: string): Promise<string | undefined> {
  try {
    const marker = JSON.parse(await readFile(join(folder, MARKER), "utf8")) as Marker;
    for (const [name, written] of Object.entries(marker.files)) {
      if ((await version(join(folder, name))) !== written) throw new Error(`${name} has changed`);
    }
    if (!(GRAPH in marker.files)) throw new Error("no graph");
    await utimes(folder, new Date(), new Date()).catch(() => {});
    return join(folder, GRAPH);
  } catch {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
    return undefined;
  }
}

interface Marker {
  /** `version` by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Size and time of the last change: hashing the weights would take longer than to optimise the graph again. */
async function version(path: string): Promise<string> {
  const { size, mtimeNs } = await stat(path, { bigint: true });
  return `${size} ${mtimeNs}`;
}

/** What makes ONNX Runtime write the graph while it opens it. */
export interface StoreOptions {
  readonly optimizedModelFilePath: string;
  readonly entries: Readonly<Record<string, string>>;
}

/**
 * Opens a graph so that it is stored as well. A failure to store leaves nothing behind.
 * @throws what `open` throws
 */
export async function storeOptimized<T>(
  folder: string,
  open: (store: StoreOptions) => Promise<T>,
): Promise<T> {
  const draft = `${folder}.${process.pid}.tmp`;
  try {
    await mkdir(draft, { recursive: true });
    const opened = await open({
      optimizedModelFilePath: join(draft, GRAPH),
      entries: {
        optimized_model_external_initializers_file_name: WEIGHTS,
        optimized_model_external_initializers_min_size_in_bytes: "1024",
        save_external_prepacked_constant_initializers: "1",
      },
    });
    await finish(draft, folder).catch(() => {});
    return opened;
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
}

async function finish(draft: string, folder: string): Promise<void> {
  await rename(draft, folder);
  const files: Record<string, string> = {};
  for (const name of await readdir(folder)) files[name] = await version(join(folder, name));
  await writeFile(join(folder, MARKER), JSON.stringify({ files } satisfies Marker));
  await prune(dirname(folder));
}

/** Down to `maxBytes`; the graph used last stays in any case. */
export async function prune(all: string, maxBytes = MAX_KEPT_BYTES): Promise<void> {
  const folders = await Promise.all((await readdir(all)).map((name) => kept(join(all, name))));
  let bytes = 0;
  for (const [rank, folder] of folders.sort((a, b) => b.usedMs - a.usedMs).entries()) {
    bytes += folder.bytes;
    if (rank > 0 && bytes > maxBytes) await rm(folder.path, { recursive: true, force: true });
  }
}

async function kept(path: string): Promise<{ path: string; usedMs: number; bytes: number }> {
  const names = await readdir(path);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { path, usedMs: (await stat(path)).mtimeMs, bytes };
}

let processorName: string | undefined;

/** Its model and, where the system tells, its instruction sets: virtual machines change them under the same name. */
function processor(): string {
  processorName ??= [cpus()[0]?.model ?? "", flags()].join("|");
  return processorName;
}

function flags(): string {
  try {
    return /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
}
