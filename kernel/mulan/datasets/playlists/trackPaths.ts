import { posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Where a track may be, most likely first; nothing for what is no file (http://…).
 * A relative path begins at `folder`. An absolute one that belongs to another machine is looked for by its tail:
 * C:\Music\Ada\one.mp3 as Music/Ada/one.mp3, Ada/one.mp3 and one.mp3 below `folder`.
 */
export function trackPaths(location: string, folder: string): string[] {
  if (/^file:/i.test(location)) return absolutePaths(fromUrl(location), folder);
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(location)) return [];
  const written = spellings(location);
  if (/^([A-Za-z]:)?[\\/]/.test(location)) {
    return written.flatMap((path) => absolutePaths(path, folder));
  }
  return written.map((path) => resolve(folder, path));
}

/** As it is; with slashes for backslashes; with %20 read as a space. */
function spellings(path: string): string[] {
  const slashed = path.replaceAll("\\", "/");
  return [...new Set([path, slashed, unescaped(path), unescaped(slashed)])];
}

function absolutePaths(path: string, folder: string): string[] {
  const parts = path
    .replaceAll("\\", "/")
    .replace(/^\/?[A-Za-z]:/, "")
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..");
  const tails = parts.map((_, i) => resolve(folder, posix.join(...parts.slice(i))));
  return [resolve(path), ...tails];
}

function fromUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    // A host of a Windows share, or an escape that is none.
    return unescaped(url.replace(/^file:\/*/i, "/"));
  }
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
