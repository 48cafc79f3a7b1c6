import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { encodeFrame, FrameReader } from "../mulan/foundation/frames.ts";
import { builtEntry } from "../mulan/foundation/packageRoot.ts";
import { RESIDENT_POLL_MS, residentBytes } from "../mulan/foundation/residentBytes.ts";
import { COMMANDS_FD, EVENTS_FD, INTERRUPTS_FD } from "./pipes.ts";
import { type EngineCommand, type EngineEvent, engineEvent } from "./protocol.ts";

export interface EngineProcessOptions {
  readonly nodePath: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly maxHeapMb?: number | undefined;
  readonly maxResidentBytes: number;
  readonly onTooMuchMemory: (usedBytes: number) => void;
  readonly onEvent: (event: EngineEvent) => void;
  readonly onUnreadable: (error: Error) => void;
  /** What arrives on the process's own stdout and stderr: native code and children write there. */
  readonly onRawOutput: (name: "stdout" | "stderr", text: string) => void;
  readonly onEnd: (end: EngineEnd) => void;
}

/** How an engine ended. */
export interface EngineEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The process could not be started at all. */
  readonly startError?: Error;
}

/** A child of the engine may hold its pipes open; the end is told no later than this after the exit. */
const DRAIN_MS = 300;

/** One engine's life, from its start to its end. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #options: EngineProcessOptions;
  readonly #memoryWatch: NodeJS.Timeout;
  #ended = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    const heap = options.maxHeapMb ? [`--max-old-space-size=${options.maxHeapMb}`] : [];
    const child = spawn(
      options.nodePath,
      [...heap, "--disable-warning=ExperimentalWarning", builtEntry("engine")],
      {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe"],
        windowsHide: true,
      },
    );
    this.#child = child;
    const reader = new FrameReader(({ json }) => {
      options.onEvent(engineEvent.parse(json));
    });
    this.#read<Buffer>(EVENTS_FD, (chunk) => {
      try {
        reader.push(chunk);
      } catch (error) {
        // A cell can write to this pipe as well. From here on nothing on it can be trusted.
        if (!this.#ended) options.onUnreadable(error as Error);
      }
    });
    child.stdout?.setEncoding("utf8");
    child.stderr?.setEncoding("utf8");
    this.#read<string>(1, (text) => options.onRawOutput("stdout", text));
    this.#read<string>(2, (text) => options.onRawOutput("stderr", text));
    for (const fd of [COMMANDS_FD, INTERRUPTS_FD]) this.#pipe(fd)?.on("error", () => {});
    this.#memoryWatch = setInterval(() => {
      const used = child.pid === undefined ? 0 : residentBytes(child.pid);
      if (used > options.maxResidentBytes) options.onTooMuchMemory(used);
    }, RESIDENT_POLL_MS);
    this.#memoryWatch.unref();
    child.once("error", (startError) => this.#end({ exitCode: null, signal: null, startError }));
    child.once("close", (exitCode, signal) => this.#end({ exitCode, signal }));
    child.once("exit", (exitCode, signal) => {
      setTimeout(() => this.#end({ exitCode, signal }), DRAIN_MS);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(command: EngineCommand): void {
    const pipe = this.#pipe(COMMANDS_FD) as Writable | null;
    if (!pipe?.writable) return;
    for (const piece of encodeFrame(command)) pipe.write(piece);
  }

  /** @param sequence of the cell that is meant; 0: whatever timers do while no cell runs */
  interrupt(sequence: number): void {
    const pipe = this.#pipe(INTERRUPTS_FD) as Writable | null;
    if (pipe?.writable) pipe.write(`${sequence}\n`);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #pipe(fd: number): Readable | Writable | null | undefined {
    return (this.#child.stdio as readonly (Readable | Writable | null | undefined)[])[fd];
  }

  #read<Chunk extends Buffer | string>(fd: number, onData: (chunk: Chunk) => void): void {
    const stream = this.#pipe(fd) as Readable | null;
    stream?.on("data", onData);
    stream?.on("error", () => {});
  }

  #end(end: EngineEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#memoryWatch);
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#options.onEnd(end);
  }
}
