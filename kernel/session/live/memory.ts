import { childProcesses } from "../../mulan/foundation/childHost.ts";
import type { ProcessMemory } from "../live.ts";

/** The engine itself and the processes that it has started. */
export function processMemory(): ProcessMemory[] {
  const engine = { name: "engine", pid: process.pid, bytes: process.memoryUsage.rss() };
  return [engine, ...childProcesses()];
}
