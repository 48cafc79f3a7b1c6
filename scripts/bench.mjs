// Runs every bench/*.ts (or those named) one after the other, alone on the machine: figures, never a verdict.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const esbuild = await import("esbuild");
const wanted = process.argv.slice(2);
const benches = readdirSync(join(root, "bench"))
  .filter((file) => file.endsWith(".ts"))
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace(/\.ts$/, "")));

let failed = 0;
for (const file of benches) {
  console.log(`\n# ${file}`);
  const outfile = join(root, "dist", "bench", file.replace(/\.ts$/, ".js"));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [join("bench", file)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
  });
  const { status } = spawnSync(process.execPath, ["--expose-gc", outfile], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
