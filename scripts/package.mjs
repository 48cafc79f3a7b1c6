// Makes what is handed out: dist/package/mulan-notebook-VERSION.tgz (library and command line) and a .vsix.
//   npm run package                        for this machine
//   npm run package -- --target win32-x64  for another (or --all)
//   npm run package -- --no-model          a .vsix without the embedded model
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { npmProgram, prepare, root, runStep } from "./prepare.mjs";
import { makeVsix } from "./vsix/makeVsix.mjs";
import { hostTarget, targets } from "./vsix/targets.mjs";

const { values } = parseArgs({
  options: {
    target: { type: "string", default: hostTarget },
    all: { type: "boolean", default: false },
    "no-model": { type: "boolean", default: false },
  },
});
prepare();
const folder = join(root, "dist", "package");
mkdirSync(folder, { recursive: true });
runStep(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.node.json"]);
runStep(npmProgram(), ["pack", "--silent", "--pack-destination", folder], {
  shell: process.platform === "win32",
});
for (const target of values.all ? Object.keys(targets) : [values.target]) {
  const withModel = !values["no-model"];
  const { path, bytes } = await makeVsix({ target, withModel, outFolder: folder });
  console.log(`${path}: ${(bytes / 1e6).toFixed(1)} MB`);
}
console.log(`packed into ${folder}`);
