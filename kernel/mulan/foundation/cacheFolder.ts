import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where this library keeps what it can make again: `MULAN_CACHE_DIR`, else the platform's cache folder
 * (`$XDG_CACHE_HOME` or ~/.cache, ~/Library/Caches, %LOCALAPPDATA%) with "mulan-notebook" in it.
 * Read anew on each call, so that a test or a notebook can point it elsewhere.
 */
export function cacheFolder(...parts: readonly string[]): string {
  const own = process.env.MULAN_CACHE_DIR;
  return join(own ? own : join(platformCacheFolder(), "mulan-notebook"), ...parts);
}

function platformCacheFolder(): string {
  const { env, platform } = process;
  if (platform === "win32") return env.LOCALAPPDATA || join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Caches");
  return env.XDG_CACHE_HOME || join(homedir(), ".cache");
}
