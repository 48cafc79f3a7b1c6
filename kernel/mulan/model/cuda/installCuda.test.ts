import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CudaServer, noise, oneByteWrong, sha256 } from "../../../../test/support/cudaServer.ts";
import { useOwnCacheFolder } from "../../../../test/support/models.ts";
import { runtimeVersions } from "../inference/runtimeVersions.ts";
import { assertSupported } from "./assertSupported.ts";
import { cudaEnvironment, cudaFolder, isCudaReady } from "./cudaFolder.ts";
import type { CudaPackage, CudaRelease } from "./cudaPackages.ts";
import { CUDA_RELEASE, fileName } from "./cudaPackages.ts";
import { installCuda, removeCuda } from "./installCuda.ts";

/** Only there are the libraries; elsewhere the refusal is tested. */
const here = test.runIf(process.platform === "linux" && process.arch === "x64");

const provider = noise(300_000, 1);
const wheels: Readonly<Record<string, Uint8Array>> = {
  "onnxruntime_gpu-1-x.whl": zipSync({
    "onnxruntime/__init__.py": new Uint8Array(10),
    "onnxruntime/capi/libonnxruntime_providers_cuda.so": provider,
    "onnxruntime/capi/libonnxruntime_providers_shared.so": new Uint8Array(100),
    "onnxruntime/capi/libonnxruntime.so.1.30.0": new Uint8Array(10),
    "../../nvidia/lib/libevil.so": new Uint8Array(5),
  }),
  "nvidia_cudnn-1-x.whl": zipSync(
    { "nvidia/cudnn/lib/libcudnn.so.9": noise(1000, 2), "nvidia/cudnn/include/cudnn.h": provider },
    { level: 0 },
  ),
};

const release: CudaRelease = {
  onnxruntime: runtimeVersions().onnxruntime,
  cuda: "0",
  cudnn: "0",
  driver: "0",
  unpackedBytes: 400_000,
  packages: Object.entries(wheels).map(
    ([file, data]): CudaPackage => ({
      name: file.slice(0, file.indexOf("-")),
      version: "1",
      path: `/packages/aa/${file}`,
      bytes: data.length,
      sha256: sha256(data),
      licence: "none",
    }),
  ),
};

let server: CudaServer;
let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeEach(async () => {
  ownCache = await useOwnCacheFolder();
  server = await CudaServer.start(wheels);
  vi.stubEnv("MULAN_CUDA_SOURCE", server.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});

const install = (from: readonly string[] = []) => installCuda({ from }, release);

here(
  "libraries are fetched, checked, unpacked by their bare names, and found from the next start on",
  async () => {
    expect(cudaEnvironment({})).toEqual({});
    const seen: number[] = [];
    await installCuda({ onProgress: ({ done }) => seen.push(done) }, release);
    expect((await readdir(cudaFolder())).sort()).toEqual([
      "installed.json",
      "libcudnn.so.9",
      "libonnxruntime.so.1",
      "libonnxruntime_providers_cuda.so",
      "libonnxruntime_providers_shared.so",
    ]);
    expect(readFileSync(join(cudaFolder(), "libonnxruntime_providers_cuda.so"))).toEqual(
      Buffer.from(provider),
    );
    expect(seen.at(-1)).toBe(release.packages.reduce((sum, one) => sum + one.bytes, 0));
    expect(cudaEnvironment({ LD_LIBRARY_PATH: "/theirs" })).toEqual({
      LD_LIBRARY_PATH: `${cudaFolder()}:/theirs`,
    });
    expect(await removeCuda()).toBeGreaterThan(300_000);
    expect(isCudaReady()).toBe(false);
    expect(existsSync(cudaFolder())).toBe(false);
  },
);

here("what broke off is continued, and what was there is not fetched again", async () => {
  server.fault = () => "break";
  await expect(install()).rejects.toMatchObject({
    code: "cuda.interrupted",
    message: expect.stringMatching(/goes on where it broke off/),
  });
  expect(isCudaReady()).toBe(false);
  server.fault = undefined;
  await install();
  expect(server.requests.map(({ range }) => range)).toEqual([
    undefined,
    expect.stringMatching(/^bytes=[1-9]\d+-$/),
    undefined,
  ]);
  expect(isCudaReady()).toBe(true);
});

here("a file with another hash is refused and leaves nothing that would be used", async () => {
  server.fault = oneByteWrong;
  await expect(install()).rejects.toMatchObject({
    code: "cuda.hash",
    message: expect.stringMatching(/expected sha256 [0-9a-f]{64}.*got sha256/),
  });
  const left = await readdir(`${cudaFolder()}.incomplete`);
  expect(left).toEqual([]);
  expect(cudaEnvironment({})).toEqual({});
});

here(
  "without a network it says how to do without, and files that are given need none",
  async () => {
    await server[Symbol.asyncDispose]();
    await expect(install()).rejects.toMatchObject({
      code: "cuda.offline",
      message: expect.stringMatching(/--from/),
    });
    const folder = await mkdtemp(join(tmpdir(), "mulan-wheels-"));
    for (const [name, data] of Object.entries(wheels)) await writeFile(join(folder, name), data);
    await install([join(folder, "nvidia_cudnn-1-x.whl"), folder]);
    expect(isCudaReady()).toBe(true);
    await writeFile(join(folder, "nvidia_cudnn-1-x.whl"), "something else");
    await expect(install([folder])).rejects.toMatchObject({ code: "cuda.hash" });
    expect(isCudaReady()).toBe(true);
    await rm(folder, { recursive: true });
  },
);

here("with --from nothing is downloaded: what is missing is named", async () => {
  const missing = { code: "cuda.missing", message: expect.stringMatching(/nvidia_cudnn-1-x\.whl/) };
  await expect(install([join(ownCache.folder, "nosuch")])).rejects.toMatchObject(missing);
  await expect(install([ownCache.folder])).rejects.toMatchObject(missing);
  expect(server.requests).toEqual([]);
});

here("a server that refuses is named with its status", async () => {
  server.fault = () => 403;
  await expect(install()).rejects.toMatchObject({
    code: "cuda.http",
    message: expect.stringMatching(/status 403/),
  });
});

here("a folder that cannot be written is an error that names it", async () => {
  const file = join(ownCache.folder, "a-file");
  await writeFile(file, "");
  vi.stubEnv("MULAN_CACHE_DIR", join(file, "below"));
  await expect(install()).rejects.toMatchObject({
    code: "cuda.folder",
    message: expect.stringMatching(/below.*MULAN_CACHE_DIR/s),
  });
});

here("too little room is seen before anything is fetched", async () => {
  await expect(installCuda({}, { ...release, unpackedBytes: 1e18 })).rejects.toMatchObject({
    code: "cuda.disk",
  });
  expect(server.requests).toEqual([]);
});

here("libraries for another ONNX Runtime are neither installed nor used", async () => {
  await expect(installCuda({}, { ...release, onnxruntime: "1.29.0" })).rejects.toMatchObject({
    code: "cuda.runtime",
  });
  await install();
  const marker = join(cudaFolder(), "installed.json");
  await writeFile(marker, readFileSync(marker, "utf8").replace(release.onnxruntime, "1.29.0"));
  expect(cudaEnvironment({})).toEqual({});
});

here("a mirror must be https or this machine", async () => {
  vi.stubEnv("MULAN_CUDA_SOURCE", "http://example.com");
  await expect(install()).rejects.toMatchObject({ code: "cuda.source" });
});

test.each([
  [{ platform: "win32", arch: "x64", glibc: undefined }, /got win32 x64.*"dml"/],
  [{ platform: "darwin", arch: "arm64", glibc: undefined }, /got darwin arm64.*"coreml"/],
  [{ platform: "linux", arch: "arm64", glibc: "2.36" }, /got linux arm64/],
  [{ platform: "linux", arch: "x64", glibc: "2.27" }, /got glibc 2\.27/],
  [{ platform: "linux", arch: "x64", glibc: undefined }, /another C library/],
])("%o is refused with what serves there instead", (machine, words) => {
  expect(() => assertSupported(machine)).toThrow(words);
});

test("what is pinned is for the ONNX Runtime of this package, over https, each file with its hash", () => {
  expect(CUDA_RELEASE.onnxruntime).toBe(runtimeVersions().onnxruntime);
  for (const pinned of CUDA_RELEASE.packages) {
    expect(pinned.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(fileName(pinned)).toMatch(/x86_64\.whl$/);
  }
});
