import { execFileSync } from "node:child_process";

/** Tests start child processes from dist/, so it is built before any of them. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
}
