import { readdir, readFile } from "node:fs/promises";

/** A process of the installed extension. */
export interface OwnProcess {
  readonly pid: number;
  /** "engine", "inference-process", "decode-process" … */
  readonly role: string;
}

/** What runs at `pid`; empty when nothing does. */
export function commandLine(pid: number | string): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
}

/** Every process that runs one of our scripts out of this folder: those of other runs are none of ours. */
export async function ownProcesses(folder: string): Promise<OwnProcess[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await commandLine(pid);
      const script = line.split("\0").find((part) => part.startsWith(folder));
      const role = script && /\/dist\/([\w-]+)\.js$/.exec(script)?.[1];
      return role ? [{ pid: Number(pid), role }] : [];
    }),
  );
  return found.flat();
}
