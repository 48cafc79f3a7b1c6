import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../prepare.mjs";

const NAME = "01-first-listen.ipynb";

/** Runs the first sample by the command line; its executed copy lies in .cache/executed. Answers the exit code. */
export function runHeadless(options) {
  const outFolder = join(root, ".cache", "executed");
  mkdirSync(outFolder, { recursive: true });
  const files = [join(root, "samples", NAME), "--out", join(outFolder, NAME), "--summary"];
  const run = spawnSync(
    process.execPath,
    [join(root, "dist", "cli.js"), "run", ...files, ...options],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  return run.status ?? 1;
}
