import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { FIRST, packedExtension, sampleFolder, startFolder } from "./ownCopies.mjs";

const program = process.platform === "win32" ? "code.cmd" : "code";
const shell = process.platform === "win32";

/** Whether VS Code's own command is on PATH. */
export function findDesktop() {
  const { status } = spawnSync(program, ["--version"], { stdio: "ignore", shell });
  return status === 0;
}

/** Opens a window of its own: settings and extensions of the user's VS Code are neither used nor changed. */
export function openDesktop() {
  const own = [
    ...["--user-data-dir", join(startFolder, "desktop")],
    ...["--extensions-dir", join(startFolder, "desktop-extensions")],
  ];
  const run = (...given) => {
    const { status } = spawnSync(program, [...own, ...given], { stdio: "inherit", shell });
    if (status !== 0) throw new Error(`${program} ended with exit code ${status}`);
  };
  run("--force", "--install-extension", packedExtension());
  const folder = sampleFolder();
  run(folder, join(folder, FIRST));
  console.log(`VS Code shows the samples; your copy of them is ${folder}`);
}
