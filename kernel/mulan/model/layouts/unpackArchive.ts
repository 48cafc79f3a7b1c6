import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { Unzip, UnzipInflate } from "fflate";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { MulanError } from "../../foundation/errors.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import { readZipDirectory, type ZipEntry } from "./zipDirectory.ts";

export interface UnpackLimits {
  readonly maxBytes: number;
  readonly maxFiles: number;
}

/** Twice the largest models that people load; a bomb is larger. */
const LIMITS: UnpackLimits = { maxBytes: 16 * 2 ** 30, maxFiles: 1000 };

/**
 * A model's .zip as a folder in the cache. The same archive is unpacked once. Nothing is written outside that folder,
 * and not more than the limits say, whatever the archive claims.
 * @throws MulanError `model.archive`; AbortError
 */
export async function unpackArchive(
  path: string,
  signal?: AbortSignal,
  limits: UnpackLimits = LIMITS,
): Promise<string> {
  const sha256 = await fileSha256(path, { signal });
  const folder = cacheFolder("unpacked", sha256.slice(0, 32));
  if (await stat(folder).catch(() => undefined)) return folder;
  const draft = `${folder}.${process.pid}.tmp`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await unpackInto(draft, path, limits, signal);
    await rename(draft, folder).catch(async (error: unknown) => {
      // Another process was quicker with the same archive.
      if (!(await stat(folder).catch(() => undefined))) throw error;
    });
    return folder;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function unpackInto(
  folder: string,
  path: string,
  limits: UnpackLimits,
  signal: AbortSignal | undefined,
): Promise<void> {
  let nFiles = 0;
  let nBytes = 0;
  let failed: Error | undefined;
  const came = new Map<string, ZipEntry>();
  const open = new Set<number>();
  const unzip = new Unzip((file) => {
    if (file.name.endsWith("/") || failed) return;
    nFiles += 1;
    if (nFiles > limits.maxFiles) failed ??= tooMuch(path, `more than ${limits.maxFiles} files`);
    const name = safeName(file.name);
    if (name === undefined) failed ??= leadsOutside(path, file.name);
    if (failed || name === undefined) return;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const fd = openSync(join(folder, name), "wx");
    open.add(fd);
    let sum = { crc32: 0, nBytes: 0 };
    file.ondata = (error, data, isLast) => {
      if (error) failed ??= broken(path, error.message);
      nBytes += data?.length ?? 0;
      if (nBytes > limits.maxBytes) {
        failed ??= tooMuch(path, `more than ${(limits.maxBytes / 2 ** 30).toFixed(0)} GiB`);
      }
      if (failed) return;
      writeSync(fd, data);
      sum = { crc32: crc32(data, sum.crc32), nBytes: sum.nBytes + data.length };
      if (!isLast || !open.delete(fd)) return;
      closeSync(fd);
      came.set(file.name, sum);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
      unzip.push(chunk as Buffer, false);
      if (failed) throw failed;
    }
    unzip.push(new Uint8Array(0), true);
    if (!failed && open.size === 0 && nFiles > 0) failed = await checkSums(path, came);
  } catch (cause) {
    if (cause instanceof MulanError || (cause as Error).name === "AbortError") throw cause;
    throw broken(path, (cause as Error).message);
  } finally {
    for (const fd of open) closeSync(fd);
  }
  if (failed) throw failed;
  if (open.size > 0) throw broken(path, "it ends inside a file");
  if (nFiles === 0) throw broken(path, "no file in it");
}

/** fflate's stream compares neither sums nor lengths: a changed weight would be a model that is wrong without a word. */
async function checkSums(
  path: string,
  came: ReadonlyMap<string, ZipEntry>,
): Promise<MulanError | undefined> {
  const listed = await readZipDirectory(path);
  for (const [name, entry] of listed) {
    if (name.endsWith("/")) continue;
    const got = came.get(name);
    if (!got) return broken(path, `${name} is listed but not there`);
    if (got.nBytes !== entry.nBytes) {
      return broken(path, `${name} of ${got.nBytes} bytes, where ${entry.nBytes} are listed`);
    }
    if (got.crc32 !== entry.crc32) return broken(path, `${name} is damaged: its CRC-32 differs`);
  }
  const unlisted = [...came.keys()].find((name) => !listed.has(name));
  return unlisted === undefined ? undefined : broken(path, `${unlisted} is not listed`);
}

/** A name without ".", with "/" only; undefined where it leads out of the folder. */
function safeName(name: string): string | undefined {
  const parts = name.replaceAll("\\", "/").split("/");
  if (name.startsWith("/") || name.startsWith("\\") || /^[A-Za-z]:/.test(name)) return undefined;
  if (parts.includes("..") || name.includes("\0")) return undefined;
  return parts.filter((part) => part !== "" && part !== ".").join("/") || undefined;
}

function leadsOutside(path: string, name: string): MulanError {
  return new MulanError("model.archive", "a file of this archive would lie outside its folder", {
    subject: path,
    got: JSON.stringify(name.slice(0, 120)),
    remedy: "Do not use this archive: no honest tool writes such names",
  });
}

function tooMuch(path: string, got: string): MulanError {
  return new MulanError("model.archive", "this archive unpacks to too much", {
    subject: path,
    got,
    remedy: "Unpack it yourself and give the folder",
  });
}

function broken(path: string, got: string): MulanError {
  return new MulanError("model.archive", "this archive cannot be unpacked", {
    subject: path,
    expected: "a whole .zip file",
    got,
    remedy: "Copy or download it again",
  });
}
