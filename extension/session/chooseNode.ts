import { execFile } from "node:child_process";
import { promisify } from "node:util";

const OLDEST = [20, 19] as const;
const PROBE_TIMEOUT_MS = 20_000;

/** A program that can run an engine, and what must be in its environment to do so. */
export interface NodeProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The Node of the setting, else VS Code's own: on a desktop that is Electron, which is a plain Node when
 * ELECTRON_RUN_AS_NODE is set; on a server it is Node itself, which takes no notice of the variable.
 * @throws Error when it is too old or cannot be run
 */
export async function chooseNode(setting: string | undefined): Promise<NodeProgram> {
  const program: NodeProgram = setting
    ? { path: setting, env: {} }
    : { path: process.execPath, env: { ELECTRON_RUN_AS_NODE: "1" } };
  const version = await versionOf(program);
  if (isNewEnough(version)) return program;
  throw new Error(
    `Cells need Node ${OLDEST.join(".")} or newer, but ${program.path} is ${version}. ${REMEDY}`,
  );
}

const REMEDY = "Install Node from nodejs.org and set mulan.nodePath to it, or update VS Code.";

/** "22.17.1" and the like. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

const run = promisify(execFile);

async function versionOf({ path, env }: NodeProgram): Promise<string> {
  try {
    const { stdout } = await run(path, ["-p", "process.versions.node"], {
      env: { ...process.env, ...env },
      timeout: PROBE_TIMEOUT_MS,
      windowsHide: true,
    });
    return stdout.trim();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new Error(`${path} cannot be run as Node: ${why}. ${REMEDY}`, { cause });
  }
}
