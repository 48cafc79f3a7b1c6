import { basename } from "node:path";
import { abortable } from "../../foundation/abortable.ts";
import { ChildHost } from "../../foundation/childHost.ts";
import { MulanError } from "../../foundation/errors.ts";
import { asFloat32, type Frame } from "../../foundation/frames.ts";
import { builtFile } from "../../foundation/packageRoot.ts";
import { residentBytes } from "../../foundation/residentBytes.ts";
import { assertIdle } from "../inference/assertIdle.ts";
import { IdleTimer, idleMs } from "../inference/idleTimer.ts";
import { zodProblem } from "../manifest/zodProblem.ts";
import {
  type PythonRequest,
  rowsReplySchema,
  type TowerFile,
  towerFileSchema,
} from "./pythonProtocol.ts";

/** Python cannot be asked to stop in the middle of a call: this long after an interrupt its process is ended. */
const KILL_AFTER_ABORT_MS = 300;

const hosts = new Set<PythonHost>();

/** Those of all Python towers that are loaded, whether their processes run just now or not. */
export function pythonHosts(): readonly PythonHost[] {
  return [...hosts];
}

/**
 * A person's file in a Python process of its own, which is started by the first request, and again by the next one
 * after it died, was unloaded or was ended because nobody had used it for a while.
 */
export class PythonHost implements AsyncDisposable {
  readonly path: string;
  readonly interpreter: string;
  readonly #host: ChildHost;
  readonly #idle: IdleTimer;

  /**
   * @param path of the person's file, absolute
   * @param idleAfterMs 0 for never
   */
  constructor(
    path: string,
    interpreter: string = defaultInterpreter(),
    idleAfterMs: number = idleMs(),
  ) {
    this.path = path;
    this.interpreter = interpreter;
    this.#idle = new IdleTimer(idleAfterMs, () => this.#end());
    this.#host = new ChildHost({
      name: `Python of ${basename(path)}`,
      execPath: interpreter,
      execArgv: ["-u"],
      script: builtFile("python", "mulan_host.py"),
      env: { PYTHONIOENCODING: "utf-8" },
      onOutput: (stream, text) => process[stream].write(text),
    });
    hosts.add(this);
  }

  get pid(): number | undefined {
    return this.#host.pid;
  }

  get name(): string {
    return this.#host.name;
  }

  /** Nobody waits for it. */
  get isIdle(): boolean {
    return this.#idle.isIdle;
  }

  /** Runs the file. @throws MulanError `python.not-found`, `python.error`, `python.tower`, `child.crashed`; AbortError */
  async describe(signal?: AbortSignal): Promise<TowerFile> {
    const { json } = await this.#ask({ op: "describe", path: this.path }, undefined, signal);
    const parsed = towerFileSchema.safeParse(json);
    if (parsed.success) return parsed.data;
    const { field, expected, got } = zodProblem(parsed.error, json);
    const isFunction = field.startsWith("embed_");
    throw new MulanError(
      "python.tower",
      isFunction ? `defines no function ${field}` : `the variable "${field}" is missing or wrong`,
      {
        subject: this.path,
        expected: isFunction ? SIGNATURES[field as keyof typeof SIGNATURES] : expected,
        ...(isFunction ? {} : { got }),
        remedy: "docs/models.md has a whole file to begin with",
      },
    );
  }

  /** @param pcm `[n, samples]` @throws MulanError `python.error`, `model.dim`, `child.crashed`; AbortError */
  async embedAudio(
    pcm: Float32Array,
    shape: { readonly n: number; readonly dim: number; readonly sampleRateHz: number },
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    const { n, dim, sampleRateHz } = shape;
    const frame = await this.#ask({ op: "audio", path: this.path, n, sampleRateHz }, pcm, signal);
    return this.#rows(frame, n, dim, "embed_audio");
  }

  /** @throws MulanError `python.error`, `model.dim`, `child.crashed`; AbortError */
  async embedText(
    texts: readonly string[],
    dim: number,
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    const frame = await this.#ask({ op: "text", path: this.path, texts }, undefined, signal);
    return this.#rows(frame, texts.length, dim, "embed_text");
  }

  /**
   * Ends the process and with it what the file has loaded; the next request runs the file again.
   * @returns resident bytes that it held
   * @throws MulanError `model.busy`
   */
  async unload(): Promise<{ readonly freedBytes: number }> {
    assertIdle(this);
    const { pid } = this;
    const freedBytes = pid === undefined ? 0 : residentBytes(pid);
    await this.#end();
    return { freedBytes };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#idle.stop();
    hosts.delete(this);
    await this.#end();
  }

  #end(): Promise<void> {
    return this.#host[Symbol.asyncDispose]();
  }

  #rows({ json, bytes }: Frame, n: number, dim: number, name: string): Float32Array {
    const { dims } = rowsReplySchema.parse(json);
    if (dims.length === 2 && dims[0] === n && dims[1] === dim) return asFloat32(bytes);
    throw new MulanError("model.dim", `${name} gave back another shape than it should`, {
      subject: this.path,
      expected: `[${n}, ${dim}]: a row for each ${name === "embed_text" ? "text" : "window"}, as long as "dim" says`,
      got: `[${dims.join(", ")}]`,
    });
  }

  /** A process that was ended for somebody else's interrupt is started again, once. */
  async #ask(
    request: PythonRequest,
    bytes: Float32Array | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Frame> {
    const options = { signal, killAfterAbortMs: KILL_AFTER_ABORT_MS };
    const once = () => this.#idle.during(() => this.#host.request(request, bytes, options));
    try {
      return await abortable(
        once().catch((error: unknown) => {
          const wasKilled = error instanceof MulanError && error.code === "child.killed";
          if (!wasKilled || signal?.aborted) throw error;
          return once();
        }),
        signal,
      );
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #explain(error: unknown): unknown {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") return error;
    const parts = {
      expected: "Python 3.9 or newer",
      got: this.interpreter,
      remedy: "Name your Python in the environment variable MULAN_PYTHON",
    };
    return new MulanError("python.not-found", "there is no such Python", parts, { cause: error });
  }
}

const SIGNATURES = {
  embed_audio: "def embed_audio(pcm, sample_rate_hz): pcm is [n, samples], the result [n, dim]",
  embed_text: "def embed_text(texts): texts is a list of n strings, the result [n, dim]",
};

function defaultInterpreter(): string {
  return process.env.MULAN_PYTHON || (process.platform === "win32" ? "python" : "python3");
}
