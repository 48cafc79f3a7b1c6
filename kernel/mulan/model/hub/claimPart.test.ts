import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimPart } from "./claimPart.ts";

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-part-"));
  target = join(folder, "weights.bin");
});
afterEach(() => rm(folder, { recursive: true }));

const claimedBy = (pid: number | undefined, host = hostname()) =>
  writeFile(`${target}.lock`, `${pid} ${host}`);

test("one at a time continues a part, the next one after it was released", async () => {
  const first = await claimPart(target);
  const second = await claimPart(target);
  expect(first.path).toBe(`${target}.part`);
  expect(second.path).not.toBe(first.path);
  await second.release();
  await first.release();
  expect(existsSync(`${target}.lock`)).toBe(false);
  const third = await claimPart(target);
  expect(third.path).toBe(first.path);
  await third.release();
});

test("the part of a process that was ended is continued at once", async () => {
  await claimedBy(spawnSync(process.execPath, ["-e", ""]).pid);
  const part = await claimPart(target);
  expect(part.path).toBe(`${target}.part`);
  await part.release();
});

test("the part of a living process, or of one on another machine, is left to it", async () => {
  await claimedBy(process.ppid);
  expect((await claimPart(target)).path).not.toBe(`${target}.part`);
  await claimedBy(spawnSync(process.execPath, ["-e", ""]).pid, `not-${hostname()}`);
  expect((await claimPart(target)).path).not.toBe(`${target}.part`);
});
