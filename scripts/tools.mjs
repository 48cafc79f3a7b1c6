// Programs that only some commands need live in .cache/<name>, from a lock file of their own, installed on first use.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmProgram, root, runStep } from "./prepare.mjs";

/**
 * Installs what `<source>/package.json` and its lock name into .cache/<name> unless it is there already.
 * @returns the folder, whose node_modules is ready
 */
export function ensureTool(name, source, { args = [], env = process.env, note } = {}) {
  const folder = join(root, ".cache", name);
  const stamp = join(folder, "installed-sha256");
  const lock = readFileSync(join(root, source, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  console.error(note ?? `installing ${name} (once) …`);
  rmSync(stamp, { force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    cpSync(join(root, source, file), join(folder, file));
  }
  runStep(npmProgram(), ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...args], {
    cwd: folder,
    env,
    shell: process.platform === "win32",
  });
  writeFileSync(stamp, wanted);
  return folder;
}
