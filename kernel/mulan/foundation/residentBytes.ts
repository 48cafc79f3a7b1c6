import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** How often it may be asked for without weighing on anything: on a Mac each answer costs a process. */
export const RESIDENT_POLL_MS = process.platform === "linux" ? 50 : 2000;

/** Resident memory of a process in bytes; 0 when it is gone or the platform does not tell. */
export function residentBytes(pid: number): number {
  try {
    if (process.platform === "linux") {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    }
    if (process.platform === "darwin") {
      return (
        Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024
      );
    }
  } catch {
    return 0;
  }
  return 0;
}
