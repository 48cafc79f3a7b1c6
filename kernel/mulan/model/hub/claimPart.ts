import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";

/** A claim that nobody has renewed for this long is that of a process which ended, maybe on another machine. */
const STALE_MS = 60_000;
const RENEW_MS = 15_000;

/** Where a download is written until it is whole. */
export interface ClaimedPart {
  readonly path: string;
  release(): Promise<void>;
}

/**
 * The unfinished file beside `target`, for one process at a time: it is continued by whoever claims it next. While
 * another process writes it, a file of this process's own, from the start.
 */
export async function claimPart(target: string): Promise<ClaimedPart> {
  const lock = `${target}.lock`;
  if (!(await take(lock))) {
    const path = `${target}.${process.pid}.part`;
    return { path, release: () => rm(path, { force: true }) };
  }
  const renew = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => {});
  }, RENEW_MS);
  renew.unref();
  return {
    path: `${target}.part`,
    release: async () => {
      clearInterval(renew);
      await rm(lock, { force: true });
    },
  };
}

async function take(lock: string): Promise<boolean> {
  if (await isLeftBehind(lock)) await rm(lock, { force: true });
  try {
    await using file = await open(lock, "wx");
    await file.writeFile(`${process.pid} ${hostname()}`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Whoever is ended while it downloads releases nothing; its part is to be continued at once. */
async function isLeftBehind(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  if (!found) return false;
  if (Date.now() - found.mtimeMs > STALE_MS) return true;
  const [, pid, host] = /^(\d+) (.+)$/.exec(await readFile(lock, "utf8").catch(() => "")) ?? [];
  return host === hostname() && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
