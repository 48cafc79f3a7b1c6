import { createHash } from "node:crypto";
import { readdir, readFile, rm, rmdir, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheFolder } from "../foundation/cacheFolder.ts";
import { writeAtomically } from "../foundation/writeAtomically.ts";
import { type CachedRows, decodeEntry, encodeEntry } from "./cacheEntry.ts";

export interface EmbeddingCacheOptions {
  /** Default: "embeddings" in the user's cache folder (`MULAN_CACHE_DIR`). */
  readonly folder?: string;
  /** The least recently used entries go when the files grow past this. Default: `MULAN_CACHE_MAX_MB`, else 2 GiB. */
  readonly maxBytes?: number;
}

export interface CacheStats {
  readonly folder: string;
  readonly entries: number;
  readonly bytes: number;
  readonly maxBytes: number;
}

const DEFAULT_MAX_BYTES = 2 * 2 ** 30;
/** A full cache shrinks to this part at once, so that it is not looked through again for every new entry. */
const SHRINK_TO = 0.9;
/** Reading an entry renews its mtime when it is older: precise enough for "least recently used". */
const RENEW_AFTER_MS = 3_600_000;

/** What this class names its files, and the drafts of writers that died: nothing else in the folder is touched. */
const ENTRY_FOLDER = /^[0-9a-f]{2}$/;
const ENTRY_FILE = /^[0-9a-f]{62}(\.\d+\.[0-9a-f]{8}\.tmp)?$/;

/**
 * Embeddings kept between runs, as plain files that are named by what they were made of. Several processes may use one
 * folder. A cache that cannot be read or written costs time, never a result.
 */
export class EmbeddingCache {
  readonly folder: string;
  readonly maxBytes: number;
  /** Bytes on disk as far as this process knows; undefined until they were counted. */
  #bytes: number | undefined;
  #pruning: Promise<void> | undefined;

  constructor(options: EmbeddingCacheOptions = {}) {
    this.folder = options.folder ?? cacheFolder("embeddings");
    this.maxBytes = options.maxBytes ?? maxBytesOfEnvironment() ?? DEFAULT_MAX_BYTES;
  }

  /** @param key of cacheKey */
  async get(key: string): Promise<CachedRows | undefined> {
    const path = this.#path(key);
    const file = await readFile(path).catch(() => undefined);
    if (!file) return undefined;
    const rows = decodeEntry(file);
    if (rows) await renew(path);
    else await rm(path, { force: true }).catch(() => {});
    return rows;
  }

  async put(key: string, rows: CachedRows): Promise<void> {
    const file = encodeEntry(rows);
    const written = await writeAtomically(this.#path(key), file).then(
      () => true,
      () => false,
    );
    if (!written) return;
    if (this.#bytes !== undefined) this.#bytes += file.byteLength;
    if (this.#bytes === undefined || this.#bytes > this.maxBytes) await this.prune();
  }

  /** Removes the least recently used entries until the rest fits. */
  prune(): Promise<void> {
    this.#pruning ??= this.#prune().finally(() => {
      this.#pruning = undefined;
    });
    return this.#pruning;
  }

  async stats(): Promise<CacheStats> {
    const files = await this.#files();
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { folder: this.folder, entries: files.length, bytes, maxBytes: this.maxBytes };
  }

  /** Removes every entry, nothing else, and tells how much that was. */
  async clear(): Promise<{ entries: number; bytes: number }> {
    const files = await this.#files();
    await Promise.all(files.map(({ path }) => rm(path, { force: true })));
    const emptied = new Set(files.map(({ path }) => dirname(path)));
    // One that is not empty after all stays: another process has just stored something.
    await Promise.all([...emptied].map((folder) => rmdir(folder).catch(() => {})));
    this.#bytes = 0;
    return { entries: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  }

  async #prune(): Promise<void> {
    const files = await this.#files();
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > this.maxBytes) {
      files.sort((a, b) => a.usedMs - b.usedMs);
      for (const file of files) {
        if (bytes <= SHRINK_TO * this.maxBytes) break;
        await rm(file.path, { force: true }).catch(() => {});
        bytes -= file.bytes;
      }
    }
    this.#bytes = bytes;
  }

  /** Drafts of writers that died count as well: they are pruned like entries. */
  async #files(): Promise<{ path: string; bytes: number; usedMs: number }[]> {
    const folders = (await namesIn(this.folder)).filter((name) => ENTRY_FOLDER.test(name));
    const found = await Promise.all(
      folders.map(async (folder) => {
        const names = (await namesIn(join(this.folder, folder))).filter((name) =>
          ENTRY_FILE.test(name),
        );
        return Promise.all(
          names.map(async (name) => {
            const path = join(this.folder, folder, name);
            const info = await stat(path).catch(() => undefined);
            return info?.isFile() ? { path, bytes: info.size, usedMs: info.mtimeMs } : undefined;
          }),
        );
      }),
    );
    return found.flat().filter((file) => file !== undefined);
  }

  #path(key: string): string {
    return join(this.folder, key.slice(0, 2), key.slice(2));
  }
}

/** Where the default cache is and how full. */
export function cacheStatus(): Promise<CacheStats> {
  return new EmbeddingCache().stats();
}

/** The name of an entry: the sha256 of everything that it was made of. */
export function cacheKey(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function renew(path: string): Promise<void> {
  try {
    const now = Date.now();
    const { mtimeMs } = await stat(path);
    if (now - mtimeMs > RENEW_AFTER_MS) await utimes(path, now / 1000, now / 1000);
  } catch {
    // Gone or read-only: the order of removal is a little off, nothing else.
  }
}

function maxBytesOfEnvironment(): number | undefined {
  const megabytes = Number(process.env.MULAN_CACHE_MAX_MB);
  return megabytes > 0 ? megabytes * 2 ** 20 : undefined;
}
