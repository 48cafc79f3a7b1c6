import { readdirSync, readFileSync } from "node:fs";
import { residentBytes } from "../../kernel/mulan/foundation/residentBytes.ts";

/** Resident memory of a process and all below it. Linux only: elsewhere children count as nothing. */
export function familyBytes(pid = process.pid): number {
  let bytes = residentBytes(pid);
  try {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, "utf8");
      for (const child of children.split(" ").filter(Boolean)) bytes += familyBytes(Number(child));
    }
  } catch {
    // Ended meanwhile.
  }
  return bytes;
}
