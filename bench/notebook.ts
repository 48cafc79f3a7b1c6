// The first sample notebook from the command line, with an empty and with a full embedding cache.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { builtEntry, packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";

const folder = mkdtempSync(join(tmpdir(), "mulan-bench-"));
const notebook = join(packageRoot, "samples", "01-first-listen.ipynb");

function runSec(): number {
  const beginMs = performance.now();
  const args = [builtEntry("cli"), "run", notebook, "--out", join(folder, "out.ipynb")];
  const env = { ...process.env, MULAN_CACHE_DIR: join(folder, "cache") };
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - beginMs) / 1000;
}

console.log(`mulan run, empty cache: ${runSec().toFixed(1)} s (target ≤ 25 s)`);
const warmSec = [runSec(), runSec(), runSec()].toSorted((a, b) => a - b);
console.log(`mulan run, full cache: ${warmSec[1]!.toFixed(1)} s (median of 3)`);
rmSync(folder, { recursive: true });
