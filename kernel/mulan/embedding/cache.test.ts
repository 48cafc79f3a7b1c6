import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cacheKey, EmbeddingCache } from "./cache.ts";
import type { CachedRows } from "./cacheEntry.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-cache-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function rows(dim: number, n: number, fill = 0.5): CachedRows {
  return {
    dim,
    data: new Float32Array(n * dim).fill(fill),
    startSec: Float32Array.from({ length: n }, (_, i) => 3 * i),
    durationSec: new Float32Array(n).fill(3),
  };
}

async function onlyFile(): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const [file] = found.filter((entry) => entry.isFile());
  return join(file!.parentPath, file!.name);
}

test("what was put is what comes back, in another process's cache too", async () => {
  const entry = { ...rows(4, 3), data: Float32Array.from({ length: 12 }, (_, i) => i / 7) };
  await new EmbeddingCache({ folder }).put(cacheKey(["a"]), entry);
  expect(await new EmbeddingCache({ folder }).get(cacheKey(["a"]))).toEqual(entry);
});

test("an unknown key is a miss", async () => {
  expect(await new EmbeddingCache({ folder }).get(cacheKey(["b"]))).toBeUndefined();
});

test.each([
  ["truncated", (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
  ["empty", () => Buffer.alloc(0)],
  [
    "of another version",
    (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4), Buffer.from([9]), bytes.subarray(5)]),
  ],
  [
    "with a flipped bit",
    (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 30 ? byte ^ 1 : byte))),
  ],
])("an entry that is %s is a miss and is made again", async (_, damage) => {
  const cache = new EmbeddingCache({ folder });
  const key = cacheKey(["damaged"]);
  await cache.put(key, rows(4, 2));
  const path = await onlyFile();
  await writeFile(path, damage(await readFile(path)));
  expect(await cache.get(key)).toBeUndefined();
  await cache.put(key, rows(4, 2));
  expect(await cache.get(key)).toEqual(rows(4, 2));
});

test("the least recently used entries go when the cache is full", async () => {
  const cache = new EmbeddingCache({ folder, maxBytes: 10_000 });
  const keys = Array.from({ length: 10 }, (_, i) => cacheKey([i]));
  for (const [i, key] of keys.entries()) {
    await cache.put(key, rows(100, 3));
    // Entry 0 was used last, a minute ago; the others the longer ago the lower their number.
    const usedSec = Date.now() / 1000 - (i === 0 ? 60 : 10_000 - i);
    const path = join(folder, key.slice(0, 2), key.slice(2));
    await utimes(path, usedSec, usedSec).catch(() => {});
  }
  const { bytes, entries } = await cache.stats();
  expect(bytes).toBeLessThanOrEqual(10_000);
  expect(entries).toBeGreaterThan(3);
  expect(await cache.get(keys[0]!)).toBeDefined();
  expect(await cache.get(keys[1]!)).toBeUndefined();
});

test("reading an old entry makes it a recent one", async () => {
  const cache = new EmbeddingCache({ folder });
  await cache.put(cacheKey(["old"]), rows(4, 1));
  const path = await onlyFile();
  await utimes(path, 1_000_000, 1_000_000);
  await cache.get(cacheKey(["old"]));
  expect((await stat(path)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
});

test("clearing tells what was there and leaves nothing", async () => {
  const cache = new EmbeddingCache({ folder });
  await cache.put(cacheKey([1]), rows(4, 1));
  await cache.put(cacheKey([2]), rows(4, 1));
  expect((await cache.clear()).entries).toBe(2);
  expect(await cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
});

test("what others keep in the folder is neither pruned nor cleared", async () => {
  const others = [join(folder, "thesis.txt"), join(folder, "ab", "take 1.wav")];
  await mkdir(join(folder, "ab"));
  for (const path of others) await writeFile(path, new Uint8Array(10_000));
  const cache = new EmbeddingCache({ folder, maxBytes: 1 });
  await cache.put(cacheKey([1]), rows(4, 1));
  expect(await cache.stats()).toMatchObject({ entries: 0 });
  await cache.put(cacheKey([2]), rows(4, 1));
  await cache.clear();
  for (const path of others) expect((await stat(path)).size).toBe(10_000);
});

test("a folder that cannot be written costs no result", async () => {
  const file = join(folder, "a file, not a folder");
  await writeFile(file, "");
  const cache = new EmbeddingCache({ folder: file });
  await cache.put(cacheKey([1]), rows(4, 1));
  expect(await cache.get(cacheKey([1]))).toBeUndefined();
});
