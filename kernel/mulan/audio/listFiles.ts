import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { type Failure, MulanError } from "../foundation/errors.ts";
import { aboutFile } from "./decodeSource.ts";

export interface Listed {
  /** Absolute paths. */
  readonly paths: string[];
  readonly failures: Failure[];
}

/** What counts as sound in a folder; a file that is named itself may be called anything. */
const EXTENSIONS: ReadonlySet<string> = new Set(
  "wav wave bwf rf64 w64 mp3 mp2 mpga flac fla ogg oga opus m4a m4b mp4 aac alac aif aiff aifc wma wv ape tta mka webm caf au ac3 amr mpc dsf"
    .split(" ")
    .map((extension) => `.${extension}`),
);

const inOrder = new Intl.Collator("en", { numeric: true });

/** Files, folders (with all below them) and globs, in the order given, each file once. */
export async function listFiles(sources: readonly string[], cwd: string): Promise<Listed> {
  const paths = new Set<string>();
  const failures: Failure[] = [];
  for (const source of sources) {
    try {
      for (const path of await listSource(source, cwd, failures)) paths.add(path);
    } catch (error) {
      failures.push({ source, error: aboutFile(error, source) });
    }
  }
  return { paths: [...paths], failures };
}

async function listSource(source: string, cwd: string, failures: Failure[]): Promise<string[]> {
  const path = resolve(cwd, source);
  const found = await stat(path).catch((error: unknown) => error as Error);
  if (found instanceof Error) {
    if (!isDynamicPattern(source)) throw found;
    return listGlob(source, cwd);
  }
  if (!found.isDirectory()) return [path];
  const listed = await listFolder(path, failures, new Set());
  if (listed.length === 0 && failures.length === 0) {
    throw new MulanError("audio.none", "the folder holds no audio file", { subject: source });
  }
  return listed;
}

async function listGlob(pattern: string, cwd: string): Promise<string[]> {
  const found = await glob(pattern, { cwd, absolute: true, expandDirectories: false, dot: false });
  if (found.length === 0) {
    throw new MulanError("audio.none", "no file matches this pattern", { subject: pattern });
  }
  return found.map((path) => resolve(path)).sort(inOrder.compare);
}

/** `seen` holds the real paths of folders, so that links that lead in a circle end. */
async function listFolder(
  folder: string,
  failures: Failure[],
  seen: Set<string>,
): Promise<string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => inOrder.compare(a.name, b.name));
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    try {
      const kind = entry.isSymbolicLink() ? await stat(path) : entry;
      if (kind.isDirectory()) paths.push(...(await listFolder(path, failures, seen)));
      else if (EXTENSIONS.has(extname(entry.name).toLowerCase())) paths.push(path);
    } catch (error) {
      failures.push({ source: path, error: aboutFile(error, path) });
    }
  }
  return paths;
}
