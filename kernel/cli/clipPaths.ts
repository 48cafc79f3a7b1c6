import { isAbsolute, relative, resolve } from "node:path";
import type { Clip } from "../mulan/index.ts";

/**
 * Names clips as the person did: a file by the very words of the command line, a file found in a folder
 * relative to the working folder when the folder was given so.
 */
export function namePaths(given: readonly string[]): (clip: Clip) => string {
  const words = new Map(given.map((word) => [resolve(word), word]));
  const allAbsolute = given.every((word) => isAbsolute(word));
  return ({ path, label }) => {
    if (path === undefined) return label;
    const full = resolve(path);
    return words.get(full) ?? (allAbsolute ? full : relative(process.cwd(), full));
  };
}
