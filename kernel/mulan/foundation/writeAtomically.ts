import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, chmod, mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { MulanError } from "./errors.ts";

/** Of folders that take no new file, and of files that are mounted by themselves. */
const ONLY_IN_PLACE = new Set(["EACCES", "EPERM", "EBUSY"]);

/**
 * Writes a file so that a reader sees the old contents or the new ones, never half of either, also when
 * several processes write it at the same time. Makes the folder where it is missing, follows links and keeps the
 * file's mode. What is no file (a pipe, /dev/stdout), or cannot be replaced where it is, is written in place.
 */
export async function writeAtomically(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const old = await stat(path).catch(() => undefined);
  if (old && !old.isFile()) return writeFile(path, contents);
  const target = old ? await realpath(path) : path;
  const draft = `${target}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(draft, contents);
    if (old) await chmod(draft, old.mode);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    if (!old || !ONLY_IN_PLACE.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await writeFile(target, contents);
  }
}

/**
 * For results that take long to make: asks before the work whether they can be written to `path` after it. Makes
 * the folder where it is missing.
 * @throws MulanError `file.notWritable`
 */
export async function assertWritable(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const old = await stat(path).catch(() => undefined);
    if (old?.isDirectory()) throw new Error("it is a folder");
    await access(old ? path : dirname(path), constants.W_OK);
  } catch (cause) {
    throw new MulanError(
      "file.notWritable",
      "cannot be written",
      {
        subject: path,
        expected: "a file in a folder that exists or can be made, with the right to write there",
        got: (cause as Error).message,
      },
      { cause },
    );
  }
}
