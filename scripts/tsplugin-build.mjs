// Makes the TypeScript server's plugin: its code, the library's declarations, those of a cell's own names and Node's.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root, runStep } from "./prepare.mjs";

/** @param folder becomes the plugin's package */
export async function buildTsPlugin(folder, version) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["extension/tsplugin/plugin.ts"],
    outfile: join(folder, "index.js"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    // The server takes the module itself for the plugin.
    footer: { js: "module.exports = module.exports.default;" },
    logLevel: "warning",
  });
  const manifest = { name: "mulan-notebook-tsplugin", version, main: "index.js" };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const types = join(folder, "types");
  runStep(process.execPath, [
    join(root, "node_modules", "typescript", "bin", "tsc"),
    ...["-p", "tsconfig.library.json", "--outDir", types],
  ]);
  cpSync(join(root, "extension", "tsplugin", "types"), types, { recursive: true });
  for (const name of ["@types/node", "undici-types"]) {
    const from = join(root, "node_modules", name);
    cpSync(from, join(types, "node_modules", name), { recursive: true });
  }
}
