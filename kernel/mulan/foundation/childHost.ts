import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { byteText } from "./byteText.ts";
import { type ErrorData, errorFromData, MulanError } from "./errors.ts";
import { encodeFrame, type Frame, FrameReader } from "./frames.ts";
import { RESIDENT_POLL_MS, residentBytes } from "./residentBytes.ts";

export interface ChildOptions {
  /** What a person calls it, for messages: "decode process". */
  readonly name: string;
  /** Path of the script to run. */
  readonly script: string;
  readonly execPath?: string;
  readonly execArgv?: readonly string[];
  /** A function is asked at each start. */
  readonly env?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  /** Hears what the child prints; without it stdout is dropped and of stderr only the end is kept, for errors. */
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
  /** The child is killed when its resident memory grows past this while it works. */
  readonly maxResidentBytes?: number;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** The child is killed when one request takes longer. */
  readonly timeoutSec?: number;
  /** An aborted request that the child has not let go of after this long costs the child its life. */
  readonly killAfterAbortMs?: number;
  /** Called for every message that the child emits before its reply. */
  readonly onEvent?: (event: unknown, bytes: Uint8Array) => void;
}

interface Pending {
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: Error) => void;
  readonly onEvent: RequestOptions["onEvent"];
}

/** What the child writes back; `id` names the request. */
export type ChildMessage =
  | { readonly id: number; readonly type: "reply"; readonly value: unknown }
  | { readonly id: number; readonly type: "event"; readonly value: unknown }
  | { readonly id: number; readonly type: "error"; readonly error: ErrorData };

export type HostMessage =
  | { readonly id: number; readonly type: "request"; readonly value: unknown }
  | { readonly id: number; readonly type: "cancel" };

const STDERR_TAIL_CHARS = 2000;

/** A child process of this one, as memory reports show it. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** Resident; 0 where the platform does not tell. */
  readonly bytes: number;
}

const running = new Set<RunningChild>();

/** The children that run now, with what each holds. */
export function childProcesses(): RunningProcess[] {
  return [...running].flatMap(({ name, process: { pid } }) =>
    pid === undefined ? [] : [{ name, pid, bytes: residentBytes(pid) }],
  );
}

/**
 * Owns one child process that answers framed requests: starts it on the first request, starts it again
 * after it died, watches its memory and time, and lets the parent exit while the child is idle.
 */
export class ChildHost implements AsyncDisposable {
  readonly #options: ChildOptions;
  #child: RunningChild | undefined;

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  /** The process id while the child runs. */
  get pid(): number | undefined {
    return this.#child?.alive ? this.#child.process.pid : undefined;
  }

  /** What a person calls the child. */
  get name(): string {
    return this.#options.name;
  }

  /** @throws MulanError `child.crashed`, `child.timeout`, `child.memory`; AbortError; what the child threw. */
  request(value: unknown, bytes?: ArrayBufferView, options: RequestOptions = {}): Promise<Frame> {
    options.signal?.throwIfAborted();
    if (!this.#child?.alive) this.#child = new RunningChild(this.#options);
    return this.#child.request(value, bytes, options);
  }

  /** Ends the child at once; pending requests are rejected with `reason`. */
  kill(reason = new MulanError("child.killed", `the ${this.#options.name} was stopped`)): void {
    this.#child?.kill(reason);
    this.#child = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    this.kill();
    if (child && child.process.exitCode === null && child.process.signalCode === null) {
      // An idle child does not hold its parent, which would end here with the promise still open.
      child.process.ref();
      await once(child.process, "exit");
    }
  }
}

class RunningChild {
  readonly process: ChildProcess;
  alive = true;
  readonly name: string;
  readonly #maxResidentBytes: number | undefined;
  readonly #pipe: Duplex;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #stderrTail = "";
  #killedBecause: Error | undefined;
  #memoryWatch: NodeJS.Timeout | undefined;

  constructor(options: ChildOptions) {
    const { name, script, execPath, execArgv = [], env, maxResidentBytes, onOutput } = options;
    this.name = name;
    this.#maxResidentBytes = maxResidentBytes;
    this.process = spawn(execPath ?? process.execPath, [...execArgv, script], {
      stdio: ["ignore", onOutput ? "pipe" : "ignore", "pipe", "pipe"],
      env: { ...process.env, ...(typeof env === "function" ? env() : env) },
      windowsHide: true,
    });
    this.#pipe = this.process.stdio[3] as Duplex;
    const reader = new FrameReader((frame) => this.#receive(frame));
    this.#pipe.on("data", (chunk: Buffer) => reader.push(chunk));
    this.#pipe.on("error", () => {});
    this.process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderrTail = (this.#stderrTail + text).slice(-STDERR_TAIL_CHARS);
      onOutput?.("stderr", text);
    });
    this.process.stdout?.setEncoding("utf8").on("data", (text: string) => {
      onOutput?.("stdout", text);
    });
    this.process.once("error", (error) => this.#end(error));
    this.process.once("close", (code, signal) => this.#end(this.#crash(code, signal)));
    this.#holdParent(false);
    running.add(this);
  }

  request(
    value: unknown,
    bytes: ArrayBufferView | undefined,
    options: RequestOptions,
  ): Promise<Frame> {
    const id = this.#nextId++;
    const cleanups: (() => void)[] = [];
    const answer = new Promise<Frame>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onEvent: options.onEvent });
      if (this.#pending.size === 1) this.#holdParent(true);
      cleanups.push(this.#limitTime(options.timeoutSec), this.#watchAbort(id, options, reject));
      this.#send({ id, type: "request", value }, bytes);
    });
    return answer.finally(() => {
      for (const cleanup of cleanups) cleanup();
    });
  }

  kill(reason: Error): void {
    this.#killedBecause ??= reason;
    this.process.kill("SIGKILL");
    this.#end(reason);
  }

  #limitTime(timeoutSec: number | undefined): () => void {
    if (timeoutSec === undefined) return () => {};
    const timer = setTimeout(() => {
      this.kill(
        new MulanError("child.timeout", `the ${this.name} took longer than ${timeoutSec} s`),
      );
    }, timeoutSec * 1000);
    return () => clearTimeout(timer);
  }

  #watchAbort(id: number, options: RequestOptions, reject: (error: Error) => void): () => void {
    const { signal, killAfterAbortMs } = options;
    if (!signal) return () => {};
    const abort = () => {
      reject(signal.reason as Error);
      this.#send({ id, type: "cancel" });
      if (killAfterAbortMs === undefined) return;
      const stillWorking = setTimeout(() => {
        // The aborter has its answer already: this reason is for others who share the child.
        if (this.#pending.has(id)) this.kill(stoppedForAbort(this.name));
      }, killAfterAbortMs);
      stillWorking.unref();
    };
    signal.addEventListener("abort", abort, { once: true });
    return () => signal.removeEventListener("abort", abort);
  }

  #send(message: HostMessage, bytes?: ArrayBufferView): void {
    if (!this.alive) return;
    for (const piece of encodeFrame(message, bytes)) this.#pipe.write(piece);
  }

  #receive({ json, bytes }: Frame): void {
    const message = json as ChildMessage;
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.type === "event") {
      pending.onEvent?.(message.value, bytes);
      return;
    }
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#holdParent(false);
    if (message.type === "error") pending.reject(errorFromData(message.error));
    else pending.resolve({ json: message.value, bytes });
  }

  /** An idle child must not keep a script alive that has nothing else to do. */
  #holdParent(hold: boolean): void {
    const change = hold ? "ref" : "unref";
    this.process[change]();
    for (const stream of [this.#pipe, this.process.stdout, this.process.stderr]) {
      (stream as unknown as { ref(): void; unref(): void } | null)?.[change]();
    }
    clearInterval(this.#memoryWatch);
    if (hold && this.#maxResidentBytes !== undefined) {
      this.#memoryWatch = setInterval(
        () => this.#checkMemory(this.#maxResidentBytes!),
        RESIDENT_POLL_MS,
      );
    }
  }

  #checkMemory(limit: number): void {
    const used = this.process.pid === undefined ? 0 : residentBytes(this.process.pid);
    if (used <= limit) return;
    const parts = { expected: `at most ${byteText(limit)}`, got: byteText(used) };
    this.kill(new MulanError("child.memory", `the ${this.name} used too much memory`, parts));
  }

  #crash(code: number | null, signal: NodeJS.Signals | null): Error {
    const how = signal ? `signal ${signal}` : `exit code ${code}`;
    const lastWords = lastWordsOf(this.#stderrTail);
    const detail = lastWords ? `: ${lastWords}` : "";
    return (
      this.#killedBecause ??
      new MulanError("child.crashed", `the ${this.name} ended with ${how}${detail}`, {
        remedy: "It is started again on the next use",
      })
    );
  }

  #end(reason: Error): void {
    if (!this.alive) return;
    this.alive = false;
    running.delete(this);
    clearInterval(this.#memoryWatch);
    for (const pending of this.#pending.values()) pending.reject(reason);
    this.#pending.clear();
    this.#pipe.destroy();
  }
}

function stoppedForAbort(name: string): MulanError {
  return new MulanError(
    "child.killed",
    `the ${name} was stopped because an aborted request held it`,
    {
      remedy: "It is started again on the next use",
    },
  );
}

/** Node prints an uncaught error's message, then its stack and its own version: the message is what helps. */
function lastWordsOf(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const message = lines.findLast((line) => /^\w*(Error|Exception)\b.*:/.test(line));
  return message ?? lines.slice(-3).join(" / ");
}
