// Bundles what runs: the library, the command line and the child processes into dist/.
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { buildRenderers, renderersBuild } from "./renderers-build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** dist name → source. A child process is an entry of its own. */
const nodeEntries = {
  index: "kernel/mulan/index.ts",
  "decode-process": "kernel/mulan/audio/decodeProcess.ts",
  "inference-process": "kernel/mulan/model/inference/inferenceProcess.ts",
  "projection-worker": "kernel/mulan/embedding/projectionWorker.ts",
  engine: "kernel/session/engine.ts",
  "engine-watchdog": "kernel/session/interrupt/watchdog.ts",
  "engine-module-hooks": "kernel/session/evaluate/moduleHooksThread.ts",
  session: "kernel/session/index.ts",
  cli: "kernel/cli/main.ts",
  extension: "extension/main.ts",
};

/** @type {esbuild.BuildOptions} */
export const nodeBuild = {
  absWorkingDir: root,
  entryPoints: Object.fromEntries(
    Object.entries(nodeEntries).filter(([, source]) => existsSync(join(root, source))),
  ),
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  keepNames: true,
  sourcemap: "linked",
  chunkNames: "chunks/[name]-[hash]",
  logLevel: "warning",
};

/** What is read at run time beside the bundles. */
function copyAssets(outdir) {
  cpSync(join(root, "kernel/mulan/figures/fonts"), join(outdir, "fonts"), { recursive: true });
  cpSync(join(root, "kernel/python/mulan_host.py"), join(outdir, "python/mulan_host.py"));
}

/** Builds everything into a folder: dist/, or one of the .vsix's own. */
export async function buildInto(outdir, options = {}) {
  copyAssets(outdir);
  await esbuild.build({ ...nodeBuild, ...options, outdir });
  await buildRenderers(outdir);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--watch")) {
    copyAssets(join(root, "dist"));
    const context = await esbuild.context({ ...nodeBuild, logLevel: "info" });
    const renderers = await esbuild.context({ ...renderersBuild, logLevel: "info" });
    await Promise.all([context.watch(), renderers.watch()]);
  } else {
    rmSync(join(root, "dist", "chunks"), { recursive: true, force: true });
    await buildInto(join(root, "dist"));
    writeFileSync(join(root, "dist", ".built"), "");
    console.error(
      `built dist/ (${readdirSync(join(root, "dist")).filter((f) => f.endsWith(".js")).length} entries)`,
    );
  }
}
