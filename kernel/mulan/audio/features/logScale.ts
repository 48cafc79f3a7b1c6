import type { LogMelFrontEnd } from "../frontEnd.ts";

/** Replaces mel energies by their logarithm, in place. */
export function applyLog(mels: Float32Array | Float64Array, log: LogMelFrontEnd["log"]): void {
  if (log.kind !== "db") {
    const { scale, offset, floor } = log;
    const take = log.kind === "ln" ? Math.log : Math.log10;
    for (let i = 0; i < mels.length; i++) {
      mels[i] = take(scale * Math.max(floor, mels[i]!) + offset);
    }
    return;
  }
  const { amin, ref, topDb } = log;
  const reference = 10 * Math.log10(Math.max(amin, ref));
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < mels.length; i++) {
    const db = 10 * Math.log10(Math.max(amin, mels[i]!)) - reference;
    mels[i] = db;
    if (db > highest) highest = db;
  }
  if (topDb === null) return;
  const lowest = highest - topDb;
  for (let i = 0; i < mels.length; i++) if (mels[i]! < lowest) mels[i] = lowest;
}
