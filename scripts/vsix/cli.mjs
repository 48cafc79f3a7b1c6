// Packs for this machine into the folder that is named, unless the .vsix there is newer than every source, and
// says only where it is: tests and `npm start` call this.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { newestChange, root } from "../prepare.mjs";
import { makeVsix, vsixName } from "./makeVsix.mjs";
import { hostTarget } from "./targets.mjs";

const outFolder = process.argv[2];
const path = join(outFolder, vsixName(hostTarget, true));
const sources = [
  "kernel",
  "extension",
  "renderers",
  "models",
  "samples",
  "scripts",
  "package.json",
];
const changed = Math.max(...sources.map((source) => newestChange(join(root, source))));
if (!existsSync(path) || statSync(path).mtimeMs < changed) {
  await makeVsix({ target: hostTarget, outFolder });
}
console.log(path);
