// Makes one .vsix: the bundles, the library's packages, this platform's native files only.
// A zip with two XML files on top is all that a .vsix is: vsce would add 285 packages to make the same.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../prepare.mjs";
import { ensureTool } from "../tools.mjs";
import { extensionFiles, extensionManifest } from "./extensionFiles.mjs";
import { targets } from "./targets.mjs";
import { contentTypes, vsixManifest } from "./vsixManifest.mjs";

/** @returns the path of the .vsix and its size in bytes */
export async function makeVsix({ target, withModel = true, outFolder }) {
  const platform = targets[target];
  if (!platform) throw new Error(`no target "${target}": ${Object.keys(targets).join(", ")}`);
  const { zipSync } = await import("fflate");
  const manifest = extensionManifest();
  const files = extensionFiles({
    dist: await freshBuild(),
    plugin: await freshPlugin(manifest.version),
    modules: join(productionPackages(target, platform), "node_modules"),
    platform,
    withModel,
  });
  const encode = (text) => new TextEncoder().encode(text);
  const entries = {
    "[Content_Types].xml": encode(contentTypes(files.map(([name]) => ending(name)))),
    "extension.vsixmanifest": encode(vsixManifest(manifest, target)),
    "extension/package.json": encode(`${JSON.stringify(manifest, null, 2)}\n`),
    ...Object.fromEntries(files.map(([name, path]) => [`extension/${name}`, readFileSync(path)])),
  };
  // A fixed time, so that the same files make the same .vsix.
  const bytes = zipSync(entries, { level: 6, mtime: new Date(2020, 0, 1) });
  const path = join(outFolder, vsixName(target, withModel));
  mkdirSync(outFolder, { recursive: true });
  writeFileSync(path, bytes);
  return { path, bytes: bytes.length };
}

/** File name of a .vsix. */
export function vsixName(target, withModel) {
  const { name, version } = extensionManifest();
  return `${name}-${target}${withModel ? "" : "-no-model"}-${version}.vsix`;
}

/** A build of its own: another command may be writing dist/ at the same time. */
async function freshBuild() {
  const { buildInto } = await import("../build.mjs");
  const folder = join(root, ".cache", "vsix", "dist");
  rmSync(folder, { recursive: true, force: true });
  await buildInto(folder, { sourcemap: false });
  return folder;
}

async function freshPlugin(version) {
  const { buildTsPlugin } = await import("../tsplugin-build.mjs");
  const folder = join(root, ".cache", "vsix", "tsplugin");
  await buildTsPlugin(folder, version);
  return folder;
}

function productionPackages(target, { os, cpu, libc }) {
  const platform = [`--os=${os}`, `--cpu=${cpu}`, ...(libc ? [`--libc=${libc}`] : [])];
  return ensureTool(`vsix/packages-${target}`, ".", {
    args: ["--omit=dev", "--ignore-scripts", ...platform],
    note: `collecting the packages for ${target} …`,
  });
}

function ending(name) {
  return /\.([^./]+)$/.exec(name)?.[1] ?? "";
}
