import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

let chosen: string | undefined;

/** Names the user's own ffmpeg, which opens what this library cannot; undefined goes back to looking for one. */
export function setFfmpegPath(path: string | undefined): void {
  chosen = path;
}

/** The setting, else the environment's MULAN_FFMPEG, else the first on PATH; undefined when there is none. */
export function ffmpegPath(): string | undefined {
  const named = chosen ?? process.env.MULAN_FFMPEG;
  if (named !== undefined && named !== "") return existsSync(named) ? named : undefined;
  if (named === "") return undefined;
  const name = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
  }
  return undefined;
}
