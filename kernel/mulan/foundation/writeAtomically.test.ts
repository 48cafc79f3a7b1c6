import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assertWritable, writeAtomically } from "./writeAtomically.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-write-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a file is written into folders that are not there yet, and no draft is left", async () => {
  const path = join(folder, "a", "b", "file.txt");
  await writeAtomically(path, "one");
  await writeAtomically(path, "two");
  expect(await readFile(path, "utf8")).toBe("two");
  expect(await readdir(join(folder, "a", "b"))).toEqual(["file.txt"]);
});

test("a link stays a link, and the file behind it keeps its mode", async () => {
  const file = join(folder, "file.ipynb");
  await writeFile(file, "old");
  await chmod(file, 0o640);
  await symlink(file, join(folder, "link.ipynb"));
  await writeAtomically(join(folder, "link.ipynb"), "new");
  expect(await readFile(file, "utf8")).toBe("new");
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect(
    (await readdir(folder, { withFileTypes: true })).filter((e) => e.isSymbolicLink()),
  ).toHaveLength(1);
});

test("a device is written to, not replaced", async () => {
  await writeAtomically("/dev/null", "nothing");
  expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
});

test("what could not be written later is refused before the work", async () => {
  await writeFile(join(folder, "file"), "");
  await mkdir(join(folder, "folder"));
  await expect(assertWritable(join(folder, "file", "x.json"))).rejects.toThrow(/cannot be written/);
  await expect(assertWritable(join(folder, "folder"))).rejects.toThrow(/it is a folder/);
  await assertWritable(join(folder, "new", "x.json"));
});
