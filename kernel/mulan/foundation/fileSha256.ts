import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { appendFile, mkdir, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { cacheFolder } from "./cacheFolder.ts";
import { writeAtomically } from "./writeAtomically.ts";

/** Above this many lines the memo on disk is written anew with the latest half of them. */
const MAX_LINES = 40_000;

interface Memo {
  readonly path: string;
  /** `path \0 size \0 mtimeNs` → sha256 in hex. */
  readonly known: Map<string, string>;
  lines: number;
}

let memo: Promise<Memo> | undefined;

/**
 * The sha256 of a file's bytes in hex. Remembered on disk by absolute path, size and mtime in nanoseconds, so that
 * an unchanged file is read once and not again in later processes.
 * @throws what the file system throws (ENOENT, EACCES, …); AbortError
 */
export async function fileSha256(path: string, options: { signal?: AbortSignal | undefined } = {}) {
  const absolute = resolve(path);
  const { size, mtimeNs } = await stat(absolute, { bigint: true });
  const key = `${absolute}\0${size}\0${mtimeNs}`;
  const { known } = await openMemo();
  const remembered = known.get(key);
  if (remembered) return remembered;
  const hash = createHash("sha256");
  const bytes = createReadStream(absolute, { highWaterMark: 1 << 20, signal: options.signal });
  for await (const chunk of bytes) hash.update(chunk as Buffer);
  const sha256 = hash.digest("hex");
  await remember(key, sha256);
  return sha256;
}

function memoPath(): string {
  return cacheFolder("sha256-of-files.jsonl");
}

function openMemo(): Promise<Memo> {
  const path = memoPath();
  const opened = (memo ?? readMemo(path)).then((current) =>
    current.path === path ? current : readMemo(path),
  );
  memo = opened;
  return opened;
}

async function readMemo(path: string): Promise<Memo> {
  const known = new Map<string, string>();
  const text = await readFile(path, "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const entry = parseLine(line);
    if (entry) known.set(entry[0], entry[1]);
  }
  return { path, known, lines: lines.length };
}

/** A damaged line (a crash while it was appended) is as good as none. */
function parseLine(line: string): readonly [string, string] | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    if (!Array.isArray(entry)) return undefined;
    const [key, sha256]: unknown[] = entry;
    const sound = typeof key === "string" && typeof sha256 === "string" && sha256.length === 64;
    return sound ? [key, sha256] : undefined;
  } catch {
    return undefined;
  }
}

/** A memo that cannot be written (read-only home, full disk) costs time later, not the call. */
async function remember(key: string, sha256: string): Promise<void> {
  const current = await openMemo();
  current.known.set(key, sha256);
  current.lines += 1;
  try {
    if (current.lines > MAX_LINES) await compact(current);
    else {
      await mkdir(dirname(current.path), { recursive: true });
      await appendFile(current.path, `${JSON.stringify([key, sha256])}\n`);
    }
  } catch {
    // The next process hashes this file again.
  }
}

async function compact(current: Memo): Promise<void> {
  const latest = [...current.known].slice(-MAX_LINES / 2);
  current.lines = latest.length;
  await writeAtomically(
    current.path,
    `${latest.map((entry) => JSON.stringify(entry)).join("\n")}\n`,
  );
}
