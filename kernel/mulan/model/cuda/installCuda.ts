import { copyFile, mkdir, readFile, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ambientProgress, ambientSignal, type Progress } from "../../foundation/ambient.ts";
import { byteText } from "../../foundation/byteText.ts";
import { MulanError } from "../../foundation/errors.ts";
import { sharedInference } from "../inference/inference.ts";
import { runtimeVersions } from "../inference/runtimeVersions.ts";
import { maySendToken } from "../maySendToken.ts";
import { assertSupported } from "./assertSupported.ts";
import { cudaFolder, type InstalledCuda, installedCuda, MARKER } from "./cudaFolder.ts";
import {
  CUDA_RELEASE,
  type CudaPackage,
  type CudaRelease,
  downloadBytes,
  fileName,
  PYPI_FILES,
} from "./cudaPackages.ts";
import { fetchPinned } from "./fetchPinned.ts";
import { hashOf, wrongHash } from "./pinnedHash.ts";
import { unpackLibraries } from "./unpackLibraries.ts";

export interface InstallCudaOptions {
  /** Files that were fetched elsewhere, or folders with them. Where any are given, nothing is downloaded. */
  readonly from?: readonly string[];
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Hears bytes of all files together. Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Fetches ONNX Runtime's CUDA provider and the NVIDIA libraries that it needs into the cache folder, each checked by
 * its sha256, and lets the inference process find them from its next start on. Whoever calls it accepts the licences
 * that `cudaOffer()` names. What an earlier call left is continued.
 * @throws MulanError `cuda.platform`, `cuda.runtime`, `cuda.disk`, `cuda.folder`, `cuda.source`, `cuda.missing`,
 * `cuda.offline`, `cuda.http`, `cuda.interrupted`, `cuda.hash`, `cuda.archive`; AbortError
 */
export async function installCuda(
  options: InstallCudaOptions = {},
  release: CudaRelease = CUDA_RELEASE,
): Promise<InstalledCuda> {
  assertSupported();
  assertFits(release);
  const signal = options.signal ?? ambientSignal();
  const tell = options.onProgress ?? ambientProgress();
  const draft = `${cudaFolder()}.incomplete`;
  try {
    await mkdir(draft, { recursive: true });
    await assertGiven(draft, release, options.from ?? []);
    await assertRoom(draft, release);
    const bytes = await fillFolder(draft, release, options.from ?? [], signal, tell);
    const installed = describe(release, bytes);
    await writeFile(join(draft, MARKER), JSON.stringify(installed));
    await removeInstalled();
    await rename(draft, cudaFolder());
    return installed;
  } catch (error) {
    throw folderProblem(error, draft);
  }
}

/** Deletes what was installed and what an unfinished installation left. @returns bytes that the libraries took */
export async function removeCuda(): Promise<number> {
  const bytes = await removeInstalled();
  await rm(`${cudaFolder()}.incomplete`, { recursive: true, force: true });
  return bytes;
}

async function removeInstalled(): Promise<number> {
  const bytes = installedCuda()?.bytes ?? 0;
  // A process that has the libraries open would keep the space, and not see new ones.
  await sharedInference().endIfIdle();
  await rm(cudaFolder(), { recursive: true, force: true });
  return bytes;
}

async function fillFolder(
  draft: string,
  release: CudaRelease,
  from: readonly string[],
  signal: AbortSignal | undefined,
  tell: InstallCudaOptions["onProgress"],
): Promise<number> {
  const source = sourceUrl();
  const total = downloadBytes(release);
  let before = 0;
  let unpacked = 0;
  for (const pinned of release.packages) {
    const label = `${pinned.name} ${pinned.version}`;
    const say = (here: number) => tell?.({ label, done: before + here, total });
    const done = join(draft, `${pinned.name}.done`);
    if (!(await stat(done).catch(() => undefined))) {
      const given = await findGiven(from, pinned, signal);
      const archive = given ?? join(draft, fileName(pinned));
      say(0);
      if (!given) await fetchPinned(source, pinned, archive, signal, say);
      const bytes = await unpackLibraries(archive, draft, signal);
      if (!given) await rm(archive);
      await writeFile(done, String(bytes));
    }
    before += pinned.bytes;
    say(0);
  }
  for (const { name } of release.packages) {
    const done = join(draft, `${name}.done`);
    unpacked += Number(await readFile(done, "utf8"));
    await rm(done);
  }
  const library = "libonnxruntime.so.1";
  await copyFile(join(runtimeFolder(), library), join(draft, library));
  return unpacked + (await stat(join(draft, library))).size;
}

/** A pinned file among those that were given. @throws MulanError `cuda.hash` when it bears the name of one only */
async function findGiven(
  from: readonly string[],
  pinned: CudaPackage,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const path = await locate(from, pinned);
  if (path === undefined) return undefined;
  const got = await hashOf(path, signal);
  if (got !== pinned.sha256) throw wrongHash(pinned, path, got);
  return path;
}

async function locate(from: readonly string[], pinned: CudaPackage): Promise<string | undefined> {
  const name = fileName(pinned);
  for (const given of from) {
    const isFolder = (await stat(given).catch(() => undefined))?.isDirectory();
    const path = isFolder ? join(given, name) : given;
    if (path.endsWith(name) && (await stat(path).catch(() => undefined))) return path;
  }
  return undefined;
}

/** Who names files has no network, or does not want 1.5 GB from it. @throws MulanError `cuda.missing` */
async function assertGiven(
  draft: string,
  { packages }: CudaRelease,
  from: readonly string[],
): Promise<void> {
  if (from.length === 0) return;
  const missing: string[] = [];
  for (const pinned of packages) {
    const isDone = await stat(join(draft, `${pinned.name}.done`)).catch(() => undefined);
    if (!isDone && !(await locate(from, pinned))) missing.push(fileName(pinned));
  }
  if (missing.length === 0) return;
  throw new MulanError("cuda.missing", "not all files of CUDA are among those given", {
    subject: from.join(", "),
    expected: missing.join(", "),
    got: "no such files",
    remedy: "Fetch them into that folder, or leave out --from to download them",
  });
}

function describe(release: CudaRelease, bytes: number): InstalledCuda {
  const { onnxruntime, cuda, cudnn } = release;
  const packages = release.packages.map(({ name, version }) => ({ name, version }));
  return { onnxruntime, cuda, cudnn, packages, bytes, date: new Date().toISOString() };
}

/** Where onnxruntime-node keeps its libraries. */
function runtimeFolder(): string {
  const own = createRequire(import.meta.url).resolve("onnxruntime-node/package.json");
  return join(dirname(own), "bin", "napi-v6", process.platform, process.arch);
}

function assertFits({ onnxruntime }: CudaRelease): void {
  const got = runtimeVersions().onnxruntime;
  if (got === onnxruntime) return;
  throw new MulanError("cuda.runtime", "the pinned CUDA libraries are for another ONNX Runtime", {
    expected: onnxruntime,
    got,
    remedy: "Update MuLan Notebooks",
  });
}

async function assertRoom(folder: string, release: CudaRelease): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const largest = Math.max(...release.packages.map(({ bytes }) => bytes));
  const needed = release.unpackedBytes + largest;
  if (bavail * bsize >= needed) return;
  throw new MulanError("cuda.disk", "there is too little room for the CUDA libraries", {
    subject: folder,
    expected: `${byteText(needed)} free`,
    got: `${byteText(bavail * bsize)} free`,
    remedy: "Make room, or name another folder in MULAN_CACHE_DIR",
  });
}

/** @throws MulanError `cuda.source` */
function sourceUrl(): string {
  const source = (process.env.MULAN_CUDA_SOURCE || PYPI_FILES).replace(/\/$/, "");
  if (URL.canParse(source) && maySendToken(new URL(source))) return source;
  throw new MulanError("cuda.source", "the mirror in MULAN_CUDA_SOURCE is no safe address", {
    expected: "https://…",
    got: JSON.stringify(source),
  });
}

function folderProblem(error: unknown, folder: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (
    error instanceof MulanError ||
    !/^(EACCES|EROFS|EPERM|ENOTDIR|ENOSPC|EDQUOT)$/.test(code ?? "")
  ) {
    return error;
  }
  return new MulanError(
    "cuda.folder",
    "the CUDA libraries cannot be written",
    {
      subject: folder,
      got: message,
      remedy: "Make the cache folder writable, or name another one in MULAN_CACHE_DIR",
    },
    { cause: error },
  );
}
