import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { MulanError } from "../../foundation/errors.ts";

/** A list (annotations, playlist, table) as it stands on disk. */
export interface ListFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of the bytes. */
  readonly sha256: string;
}

/** @throws MulanError `dataset.file` */
export async function readListFile(path: string, cwd = process.cwd()): Promise<ListFile> {
  const absolute = resolve(cwd, path);
  try {
    const bytes = await readFile(absolute);
    return { path: absolute, bytes, sha256: sha256Of(bytes) };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new MulanError(
      "dataset.file",
      "the file could not be read",
      {
        subject: absolute,
        expected: "a file",
        got: REASONS[reason] ?? reason,
      },
      { cause: error },
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "nothing of that name",
  EISDIR: "a folder",
  EACCES: "no permission to read it",
};

export function sha256Of(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** One hash for a data set that stands in several files: of their hashes, in this order. */
export function sha256OfAll(files: readonly Pick<ListFile, "sha256">[]): string {
  return files.length === 1
    ? files[0]!.sha256
    : sha256Of(files.map(({ sha256 }) => sha256).join("\n"));
}

export interface ListText {
  /** Without a byte order mark. */
  readonly text: string;
  /** What to tell the reader about the encoding; empty for UTF-8. */
  readonly conventions: readonly string[];
}

/** UTF-8 or UTF-16 by its mark; what is neither was saved by an old Windows program. */
export function decodeList({ bytes, path }: ListFile): ListText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return { text: decode(bytes, "utf-16le"), conventions: [] };
  if (first === 0xfe && second === 0xff)
    return { text: decode(bytes, "utf-16be"), conventions: [] };
  try {
    return { text: decode(bytes, "utf-8"), conventions: [] };
  } catch {
    const said = `${path} is not UTF-8 and was read as Windows-1252: accents may be wrong`;
    return { text: decode(bytes, "windows-1252"), conventions: [said] };
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: encoding === "utf-8" }).decode(bytes);
}
