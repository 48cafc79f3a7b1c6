// Bundles the renderers: one entry a family, into dist/renderers. VS Code loads them as ES modules from
// another origin into a page where an AMD `define` may stand.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { bundledLicences } from "./bundledLicences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const families = readdirSync(join(root, "renderers")).filter((name) =>
  existsSync(join(root, "renderers", name, "index.ts")),
);

/** Plotly's map traces are left out, yet their style sheet is asked for. */
const noMapStyle = {
  name: "no-map-style",
  setup(build) {
    build.onResolve({ filter: /maplibre-gl.*\.css$/ }, ({ path }) => ({
      path,
      namespace: "empty",
    }));
    build.onLoad({ filter: /./, namespace: "empty" }, () => ({ contents: "", loader: "js" }));
  },
};

/** @type {import("esbuild").BuildOptions} */
export const renderersBuild = {
  absWorkingDir: root,
  entryPoints: Object.fromEntries(families.map((name) => [name, `renderers/${name}/index.ts`])),
  outdir: "dist/renderers",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "browser",
  // Of VS Code 1.100: Electron 34.
  target: "chrome132",
  minify: true,
  sourcemap: false,
  chunkNames: "chunks/[name]-[hash]",
  // UMD packages would register themselves with a page's AMD loader and export nothing.
  banner: { js: "var define=undefined;" },
  define: { global: "globalThis", "process.env.NODE_DEBUG": "undefined" },
  plugins: [noMapStyle],
  metafile: true,
  logLevel: "warning",
};

/**
 * Builds into `outdir`/renderers, with sizes.json beside the entries: what a page loads for each family, its
 * chunks included.
 */
export async function buildRenderers(outdir) {
  const folder = join(outdir, "renderers");
  mkdirSync(folder, { recursive: true });
  const { metafile } = await esbuild.build({ ...renderersBuild, outdir: folder });
  removeStaleChunks(folder, metafile);
  writeFileSync(join(folder, "licences.txt"), bundledLicences(root, metafile));
  const sizes = sizesOf(metafile);
  writeFileSync(join(folder, "sizes.json"), `${JSON.stringify(sizes, null, 2)}\n`);
  for (const [family, { kB, gzippedKB }] of Object.entries(sizes)) {
    console.error(`renderer ${family}: ${kB} kB, ${gzippedKB} kB gzipped`);
  }
}

/** Old chunks would be packaged; the new ones take their place while a page may still be loading. */
function removeStaleChunks(folder, metafile) {
  const fresh = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
  const chunks = join(folder, "chunks");
  for (const name of existsSync(chunks) ? readdirSync(chunks) : []) {
    if (!fresh.has(name)) rmSync(join(chunks, name));
  }
}

/** @returns {Record<string, { kB: number, gzippedKB: number }>} */
function sizesOf(metafile) {
  const sizes = {};
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    const family = families.find((name) => entryPoint === `renderers/${name}/index.ts`);
    if (!family) continue;
    const files = [...reach(metafile, path)].map((file) => readFileSync(join(root, file)));
    sizes[family] = {
      kB: Math.ceil(files.reduce((sum, { length }) => sum + length, 0) / 1000),
      gzippedKB: Math.ceil(files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000),
    };
  }
  return sizes;
}

function reach(metafile, path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: next, external } of metafile.outputs[path].imports) {
    if (!external) reach(metafile, next, found);
  }
  return found;
}
