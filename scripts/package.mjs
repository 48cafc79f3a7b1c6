// Makes dist/package/mulan-notebook-VERSION.tgz: the library, the command line, the embedded model, the samples.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { prepare, root, runStep } from "./prepare.mjs";

prepare();
const folder = join(root, "dist", "package");
mkdirSync(folder, { recursive: true });
runStep(process.execPath, ["scripts/build.mjs"]);
runStep(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.node.json"]);
runStep("npm", ["pack", "--silent", "--pack-destination", folder], {
  shell: process.platform === "win32",
});
console.log(`packed into ${folder}`);
