import { type ChildProcess, spawn } from "node:child_process";
import { builtEntry, packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `mulan` as a person would, in the project's folder, with a cache of its own. */
export function runCli(
  args: readonly string[],
  {
    env = {},
    cwd = packageRoot,
    onStderr,
  }: {
    env?: Record<string, string>;
    cwd?: string;
    onStderr?: (text: string, child: ChildProcess) => void;
  } = {},
): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [builtEntry("cli"), ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      onStderr?.(String(chunk), child);
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** One JSON object a line. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
