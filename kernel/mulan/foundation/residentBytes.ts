import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const LINUX_PAGE_BYTES = 4096;

/** Resident memory of a process in bytes; 0 when it is gone or the platform does not tell. */
export function residentBytes(pid: number): number {
  try {
    if (process.platform === "linux") {
      const pages = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1];
      return Number(pages) * LINUX_PAGE_BYTES;
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
