import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileSha256 } from "./fileSha256.ts";

let folder: string;
let file: string;
const before = process.env.MULAN_CACHE_DIR;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-sha-test-"));
  file = join(folder, "file");
  process.env.MULAN_CACHE_DIR = join(folder, "cache");
});
afterEach(async () => {
  if (before === undefined) delete process.env.MULAN_CACHE_DIR;
  else process.env.MULAN_CACHE_DIR = before;
  await rm(folder, { recursive: true, force: true });
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Other bytes of the same length, and the old times: what the memo takes for the same file. */
async function changeSecretly(text: string): Promise<void> {
  const { atime, mtime } = await stat(file);
  await writeFile(file, text);
  await utimes(file, atime, mtime);
}

test("a file that changed has its new hash", async () => {
  await writeFile(file, "one");
  expect(await fileSha256(file)).toBe(sha256("one"));
  await writeFile(file, "three");
  expect(await fileSha256(file)).toBe(sha256("three"));
});

test("an unchanged file is not read again", async () => {
  await writeFile(file, "one");
  await utimes(file, 1000, 1000);
  await fileSha256(file);
  await changeSecretly("two");
  expect(await fileSha256(file)).toBe(sha256("one"));
});

test("a memo with damaged lines still serves its sound ones", async () => {
  await writeFile(file, "one");
  await utimes(file, 1000, 1000);
  await fileSha256(file);
  const memo = join(folder, "cache", "sha256-of-files.jsonl");
  const sound = await readFile(memo, "utf8");
  await writeFile(memo, `{"half\n[1,2]\n${sound}`);
  await appendFile(memo, '["cut');
  // Another folder and back makes this process read its memo anew.
  process.env.MULAN_CACHE_DIR = join(folder, "other");
  await writeFile(join(folder, "b"), "");
  await fileSha256(join(folder, "b"));
  process.env.MULAN_CACHE_DIR = join(folder, "cache");
  await changeSecretly("two");
  expect(await fileSha256(file)).toBe(sha256("one"));
});

test("a missing file is the file system's own error", async () => {
  await expect(fileSha256(join(folder, "none"))).rejects.toMatchObject({ code: "ENOENT" });
});
