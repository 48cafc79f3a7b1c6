// The main job: run the first sample notebook without a window and say what came out.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();

const notebook = join(root, "samples", "01-first-listen.ipynb");
const outFolder = join(root, ".cache", "executed");
mkdirSync(outFolder, { recursive: true });
const outFile = join(outFolder, "01-first-listen.ipynb");

const run = spawnSync(
  process.execPath,
  [
    join(root, "dist", "cli.js"),
    "run",
    notebook,
    "--out",
    outFile,
    "--summary",
    ...process.argv.slice(2).filter((a) => a !== "--headless"),
  ],
  { cwd: root, stdio: "inherit" },
);
process.exit(run.status ?? 1);
