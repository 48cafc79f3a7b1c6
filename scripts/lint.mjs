// Style, types and the order of the rooms. Prints what is wrong; exit code 1 when anything is.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root } from "./prepare.mjs";

const bin = (name) =>
  join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
const rooms = ["kernel", "extension", "renderers"].filter((folder) =>
  existsSync(join(root, folder)),
);

/** Each check: what it holds, the program, its arguments. */
export const checks = [
  ["style", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["types", bin("tsc"), ["-b", "tsconfig.json"]],
  ["order of the rooms", bin("depcruise"), ["--config", ".dependency-cruiser.cjs", ...rooms]],
];

export function lint() {
  return checks.filter(([what, program, args]) => {
    const { status } = spawnSync(program, args, {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    console.log(`${status === 0 ? "ok" : "FAILED"}: ${what}`);
    return status !== 0;
  });
}

if (process.argv[1]?.endsWith("lint.mjs")) {
  ensureInstalled();
  process.exit(lint().length === 0 ? 0 : 1);
}
