import { execFileSync } from "node:child_process";
import { cpSync, existsSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { root } from "../prepare.mjs";

/** Everything that `npm start` writes. */
export const startFolder = join(root, ".cache", "start");
export const FIRST = "01-first-listen.ipynb";

/** A copy of the samples to play with; what was changed in it earlier stays. */
export function sampleFolder() {
  const source = join(root, "samples");
  const folder = join(startFolder, "samples");
  const makers = join("audio", "make");
  cpSync(source, folder, {
    recursive: true,
    filter: (path, to) => {
      const inside = relative(source, path);
      if (inside === makers || inside.startsWith(makers + sep)) return false;
      return statSync(path).isDirectory() || !existsSync(to);
    },
  });
  return folder;
}

/** The extension as it would be installed. */
export function packedExtension() {
  console.error("packing the extension …");
  const made = execFileSync(
    process.execPath,
    [join(root, "scripts", "vsix", "cli.mjs"), join(root, ".cache", "vsix")],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  return made.trim();
}
