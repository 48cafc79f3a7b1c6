import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of this package: where models/ and dist/ are.
 * The same code runs from dist/ (bundled) and from kernel/ (tests), so it looks upwards for package.json.
 */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

export const packageVersion: string = (
  JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string }
).version;

/** The built script of a child process, for example "decode-process". */
export function builtEntry(name: string): string {
  return join(packageRoot, "dist", `${name}.js`);
}

/** A file that the build puts beside the bundles, for example a child's script in another language. */
export function builtFile(...parts: readonly string[]): string {
  return join(packageRoot, "dist", ...parts);
}

function findPackageRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && readFileSync(manifest, "utf8").includes('"mulan-notebook"'))
      return folder;
    if (dirname(folder) === folder) throw new Error(`no mulan-notebook package above ${start}`);
  }
}
