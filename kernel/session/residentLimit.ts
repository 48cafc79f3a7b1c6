import { totalmem } from "node:os";

/** What an engine may hold in memory when nobody says otherwise, in MB. */
export function defaultResidentMb(): number {
  // Zero, or more than there is, means that no container limits this process.
  const limit = process.constrainedMemory() || totalmem();
  return (Math.min(limit, totalmem()) * 0.8) / 2 ** 20;
}

/** Why an engine was ended that held more. */
export function tooMuchMemory(usedBytes: number): string {
  const used = Math.round(usedBytes / 2 ** 20);
  return `The engine ran out of memory: arrays and buffers took ${used} MB`;
}
