import { spawn } from "node:child_process";
import { MulanError } from "../../foundation/errors.ts";
import { residentBytes } from "../../foundation/residentBytes.ts";
import { ffmpegRefusal } from "./ffmpegRefusal.ts";

export interface FfmpegRun {
  readonly program: string;
  readonly args: readonly string[];
  /** How much longer than usual it may give no output. */
  readonly silentSec?: number;
  readonly onOutput: (bytes: Buffer) => void;
  readonly signal?: AbortSignal | undefined;
}

const MAX_RESIDENT_BYTES = 1500 * 2 ** 20;
const STALL_SEC = 10;
const WATCH_MS = 200;
const STDERR_TAIL_CHARS = 8000;

/** Runs ffmpeg to its end under a memory cap; without output for a while it is taken for hung. @returns stderr */
export async function runFfmpeg(run: FfmpegRun): Promise<string> {
  const { program, args, onOutput, signal, silentSec = 0 } = run;
  const stallSec = STALL_SEC + silentSec;
  signal?.throwIfAborted();
  const child = spawn(program, ["-nostdin", "-hide_banner", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  let stderr = "";
  let heardMs = performance.now();
  let stopped: Error | undefined;
  const stop = (reason: Error) => {
    stopped ??= reason;
    child.kill("SIGKILL");
  };
  const watch = setInterval(() => {
    const resident = child.pid === undefined ? 0 : residentBytes(child.pid);
    if (resident > MAX_RESIDENT_BYTES) {
      stop(new MulanError("child.memory", "ffmpeg used too much memory"));
    }
    if (performance.now() - heardMs > stallSec * 1000) {
      stop(
        new MulanError("audio.timeout", `ffmpeg made no progress for ${Math.round(stallSec)} s`),
      );
    }
  }, WATCH_MS);
  const abort = () => stop(signal?.reason as Error);
  signal?.addEventListener("abort", abort, { once: true });
  child.stdout.on("data", (bytes: Buffer) => {
    heardMs = performance.now();
    try {
      onOutput(bytes);
    } catch (error) {
      stop(error as Error);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_TAIL_CHARS);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (stopped) throw stopped;
    if (code !== 0) throw ffmpegRefusal(stderr);
    return stderr;
  } finally {
    clearInterval(watch);
    signal?.removeEventListener("abort", abort);
  }
}
