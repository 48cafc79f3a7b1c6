import { availableParallelism } from "node:os";
import { ChildHost } from "../../foundation/childHost.ts";
import { MulanError } from "../../foundation/errors.ts";
import type { Frame } from "../../foundation/frames.ts";
import { builtEntry } from "../../foundation/packageRoot.ts";
import { DECODER_FAULT, type DecodeEvent, type DecodeMessage } from "./protocol.ts";

/** A decode process that holds more than this is being abused: it streams and needs next to nothing. */
const MAX_RESIDENT_BYTES = 700 * 2 ** 20;
/** Decoders give a second of sound every few milliseconds: this long without any is a hang. */
const STALL_SEC = 4;
/** Starting a process on a busy machine takes its time. */
const START_SEC = 30;
const MAX_PROCESSES = 2;

interface Job {
  readonly message: DecodeMessage;
  readonly onEvent: (event: DecodeEvent, bytes: Uint8Array) => void;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The decode processes of this library instance: each works on one request at a time, so that what a file
 * does to its process (memory, time, a crash) is told of that file alone. The next request starts a new one.
 */
export class DecodePool implements AsyncDisposable {
  readonly #idle: ChildHost[] = [];
  readonly #all: ChildHost[] = [];
  readonly #waiting: Job[] = [];
  readonly #maxProcesses: number;

  constructor(maxProcesses = Math.min(MAX_PROCESSES, availableParallelism())) {
    this.#maxProcesses = maxProcesses;
  }

  /** The process ids that are alive. */
  get pids(): number[] {
    return this.#all.map((host) => host.pid).filter((pid) => pid !== undefined);
  }

  /** @throws MulanError `audio.*`, `child.*`; AbortError; file-system errors of the decode process. */
  request(
    message: DecodeMessage,
    onEvent: (event: DecodeEvent, bytes: Uint8Array) => void,
    signal?: AbortSignal,
  ): Promise<Frame> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, onEvent, signal, resolve, reject });
      this.#next();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#all.map((host) => host[Symbol.asyncDispose]()));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const host = this.#idle.pop() ?? this.#start();
    if (!host) return;
    const job = this.#waiting.shift()!;
    this.#work(host, job)
      .then(job.resolve, job.reject)
      .finally(() => {
        this.#idle.push(host);
        this.#next();
      });
  }

  #start(): ChildHost | undefined {
    if (this.#all.length >= this.#maxProcesses) return undefined;
    const host = new ChildHost({
      name: "decode process",
      script: builtEntry("decode-process"),
      maxResidentBytes: MAX_RESIDENT_BYTES,
    });
    this.#all.push(host);
    return host;
  }

  async #work(host: ChildHost, { message, onEvent, signal }: Job): Promise<Frame> {
    signal?.throwIfAborted();
    let timer: NodeJS.Timeout | undefined;
    const expect = (withinSec: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        host.kill(
          new MulanError("audio.timeout", `decoding made no progress for ${withinSec} s`, {
            remedy: "The file is damaged, or the machine is overloaded",
          }),
        );
      }, withinSec * 1000);
    };
    expect(START_SEC);
    try {
      return await host.request(message, undefined, {
        signal,
        onEvent: (event, bytes) => {
          expect(STALL_SEC);
          onEvent(event as DecodeEvent, bytes);
        },
      });
    } catch (error) {
      // It may be deep in the aborted work, or its memory be damaged: the next file gets a new process.
      const faulty = error instanceof MulanError && error.code === DECODER_FAULT;
      if (signal?.aborted || faulty) host.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

let shared: DecodePool | undefined;

/** The one pool of this library instance. */
export function decodePool(): DecodePool {
  shared ??= new DecodePool();
  return shared;
}
