import { readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { load } from "../load.ts";
import { InferenceProcess } from "./inference.ts";
import { minBytes, prune } from "./optimizedGraph.ts";

const TEXT = join(packageRoot, "models/mulan-mini/text.onnx");

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeEach(async () => {
  ownCache = await useOwnCacheFolder();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await ownCache[Symbol.asyncDispose]();
});

/** What a process of its own makes of one text; the cache is all that it shares with others. */
async function embed(contents?: string): Promise<Float32Array> {
  await using inference = new InferenceProcess();
  const options = { provider: "cpu", ...(contents !== undefined && { contents }) } as const;
  const session = await inference.open("text", TEXT, options);
  const ids = BigInt64Array.of(101n, 3000n, 2003n, 102n);
  const feeds = session.inputs.map(({ name }) => ({
    name,
    dims: [1, ids.length],
    data: /mask/.test(name)
      ? new BigInt64Array(4).fill(1n)
      : /type/.test(name)
        ? new BigInt64Array(4)
        : ids,
  }));
  const { outputs } = await session.run(feeds, [session.outputs[0]!.name]);
  return outputs[0]!.data as Float32Array;
}

async function stored(): Promise<string[]> {
  const names = await readdir(cacheFolder("graphs")).catch(() => []);
  return names.map((name) => cacheFolder("graphs", name));
}

async function born(file: string): Promise<bigint> {
  return (await stat(file, { bigint: true })).mtimeNs;
}

test("a graph is stored optimised with its weights beside it, and gives the same numbers from there", async () => {
  const plain = await embed();
  expect(await stored()).toEqual([]);
  expect(await embed("a")).toEqual(plain);
  const [folder, ...others] = await stored();
  expect(others).toEqual([]);
  expect((await readdir(folder!)).sort()).toEqual(["graph.json", "graph.onnx", "weights.bin"]);
  const first = await born(join(folder!, "graph.json"));
  expect(await embed("a")).toEqual(plain);
  expect(await born(join(folder!, "graph.json"))).toBe(first);
});

test("other contents are stored apart", async () => {
  await embed("a");
  await embed("b");
  expect(await stored()).toHaveLength(2);
});

test.each([
  ["weights that are cut off", (folder: string) => truncate(join(folder, "weights.bin"), 1000)],
  [
    "weights with one other byte",
    async (folder: string) => {
      const bytes = await readFile(join(folder, "weights.bin"));
      bytes[bytes.length >> 1]! ^= 0x40;
      await writeFile(join(folder, "weights.bin"), bytes);
    },
  ],
  ["a damaged marker", (folder: string) => writeFile(join(folder, "graph.json"), "{")],
  ["a graph that is none", (folder: string) => writeFile(join(folder, "graph.onnx"), "none")],
] as const)("%s are not used: the graph is stored anew", async (_, damage) => {
  const plain = await embed("a");
  const [folder] = await stored();
  const first = await born(join(folder!, "graph.json"));
  await damage(folder!);
  expect(await embed("a")).toEqual(plain);
  expect(await stored()).toEqual([folder]);
  expect(await born(join(folder!, "graph.json"))).not.toBe(first);
});

test("graphs that were not used for longest are removed beyond a size, the latest never", async () => {
  for (const contents of ["old", "new"]) await embed(contents);
  const folders = await stored();
  const made = async (folder: string) => (await stat(folder)).mtimeMs;
  const times = await Promise.all(folders.map(made));
  const latest = folders[times.indexOf(Math.max(...times))];
  await prune(cacheFolder("graphs"), 2 ** 30);
  expect(await stored()).toEqual(folders);
  await prune(cacheFolder("graphs"), 1);
  expect(await stored()).toEqual([latest]);
});

test("where nothing can be written the graph opens all the same", async () => {
  const file = join(ownCache.folder, "a-file");
  await writeFile(file, "");
  vi.stubEnv("MULAN_CACHE_DIR", join(file, "below"));
  expect(await embed("a")).toHaveLength((await embed()).length);
});

test("small models are not stored, large ones are", async () => {
  expect(minBytes({})).toBe(48 * 2 ** 20);
  await using small = await load(TINY, { device: "cpu" });
  expect(small.dim).toBe(12);
  expect(await stored()).toEqual([]);
  await small.dispose();
  vi.stubEnv("MULAN_OPTIMIZE_MIN_MB", "0");
  await using large = await load(TINY, { device: "cpu" });
  expect(large.dim).toBe(12);
  expect(await stored()).toHaveLength(2);
});
