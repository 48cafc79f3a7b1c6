import type { AudioRef } from "../../datasets/dataset.ts";

/** The same for two references exactly when they are the same part of the same file. */
export function soundKey({ path, startSec = 0, durationSec }: AudioRef): string {
  return `${startSec}\0${durationSec ?? ""}\0${path}`;
}
