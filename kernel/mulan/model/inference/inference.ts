import { abortable } from "../../foundation/abortable.ts";
import { ChildHost, type RequestOptions } from "../../foundation/childHost.ts";
import { MulanError } from "../../foundation/errors.ts";
import type { Frame } from "../../foundation/frames.ts";
import { builtEntry } from "../../foundation/packageRoot.ts";
import { residentBytes } from "../../foundation/residentBytes.ts";
import { cudaEnvironment } from "../cuda/cudaFolder.ts";
import { assertIdle } from "./assertIdle.ts";
import { IdleTimer, idleMs } from "./idleTimer.ts";
import {
  type BackendsReply,
  type InferenceRequest,
  type OpenReply,
  type OpenRequest,
  type Placement,
  type RunReply,
  type TensorInfo,
  UNKNOWN_SESSION,
} from "./inferenceProtocol.ts";
import { packTensors, type Tensor, unpackTensors } from "./tensors.ts";

/** A run that does not notice its abort for this long (it cannot: session.run is synchronous) is ended with its process. */
const KILL_AFTER_ABORT_MS = 2000;
/** A graph that takes longer to open hangs: on a GPU in its driver. */
const OPEN_LIMIT_SEC = { cpu: 300, gpu: 60 };

export type SessionOptions = Omit<OpenRequest, "op" | "session" | "path">;

export interface RunResult {
  readonly outputs: readonly Tensor[];
  /** Time inside ONNX Runtime's session.run. */
  readonly runMs: number;
}

/**
 * The parent's side of the inference process: opens sessions, and opens them again after the process died or was ended
 * because nobody had used it for a while.
 */
export class InferenceProcess implements AsyncDisposable {
  readonly #host: ChildHost;
  readonly #sessions = new Map<string, { graph: Promise<OpenGraph>; users: number }>();

  readonly #idle: IdleTimer;

  constructor(script: string = builtEntry("inference-process"), idleAfterMs: number = idleMs()) {
    this.#idle = new IdleTimer(idleAfterMs, () => this.#end());
    this.#host = new ChildHost({
      name: "inference process",
      script,
      // ONNX Runtime 1.30 collects usage data and sends it to its makers unless told not to.
      env: () => ({ ORT_DISABLE_TELEMETRY: "1", ...cudaEnvironment() }),
    });
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

  /**
   * A session for a graph. The same `key` and options give the same session, shared until every user let go of it.
   * @param key names the graph's contents, for example its sha256
   * @throws MulanError `model.graph` when ONNX Runtime refuses it, `child.*`
   */
  async open(
    key: string,
    path: string,
    options: SessionOptions,
    signal?: AbortSignal,
  ): Promise<Session> {
    const { provider, card = "", threads = "", profile = "", addOutputs = [] } = options;
    const added = addOutputs.map(({ name }) => name);
    const id = [key, path, provider, card, threads, profile, ...added].join("|");
    const shared = this.#sessions.get(id) ?? { graph: this.#start(id, path, options), users: 0 };
    this.#sessions.set(id, shared);
    shared.users += 1;
    try {
      return new Session(await abortable(shared.graph, signal));
    } catch (error) {
      shared.users -= 1;
      if (shared.users === 0) this.#sessions.delete(id);
      throw error;
    }
  }

  /** Starts the process, which takes as long as it takes to open a graph, while its caller still reads files. */
  warmUp(): void {
    this.backends().catch(() => {});
  }

  async backends(): Promise<BackendsReply> {
    return (await this.#ask({ op: "backends" })).json as BackendsReply;
  }

  /**
   * Ends the process and with it what its sessions hold; each is opened again when it is used.
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

  /** Ends the process, unless somebody waits for it, so that the next use starts one with the environment of then. */
  async endIfIdle(): Promise<void> {
    if (this.#idle.isIdle) await this.#end();
  }

  /** Ends the process when no session is left. */
  async endIfUnused(): Promise<void> {
    if (this.#sessions.size === 0 && this.#idle.isIdle) await this.#end();
  }

  #end(): Promise<void> {
    return this.#host[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#idle.stop();
    this.#sessions.clear();
    await this.#host[Symbol.asyncDispose]();
  }

  async #start(id: string, path: string, options: SessionOptions): Promise<OpenGraph> {
    const request: OpenRequest = { op: "open", session: id, path, ...options };
    const timeoutSec = options.provider === "cpu" ? OPEN_LIMIT_SEC.cpu : OPEN_LIMIT_SEC.gpu;
    const open = async () =>
      (await this.#ask(request, undefined, { timeoutSec })).json as OpenReply;
    const reply = await open();
    return {
      ...reply,
      ask: (inputs, outputs, signal) => this.#run(id, open, inputs, outputs, signal),
      placement: async () => (await this.#ask({ op: "placement", session: id })).json as Placement,
      release: () => this.#release(id),
    };
  }

  async #run(
    id: string,
    reopen: () => Promise<OpenReply>,
    inputs: readonly Tensor[],
    outputs: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<RunResult> {
    const { headers, bytes } = packTensors(inputs);
    const request: InferenceRequest = { op: "run", session: id, inputs: headers, outputs };
    const options = { signal, killAfterAbortMs: KILL_AFTER_ABORT_MS };
    const once = () => this.#ask(request, bytes, options);
    const frame = await once().catch(async (error: unknown) => {
      if (!canTryAgain(error) || signal?.aborted) throw error;
      await abortable(reopen(), signal);
      return once();
    });
    const { outputs: outputHeaders, runMs } = frame.json as RunReply;
    return { outputs: unpackTensors(outputHeaders, frame.bytes), runMs };
  }

  async #release(id: string): Promise<void> {
    const shared = this.#sessions.get(id);
    if (!shared) return;
    shared.users -= 1;
    if (shared.users > 0) return;
    this.#sessions.delete(id);
    if (this.#host.pid !== undefined) await this.#ask({ op: "release", session: id });
  }

  #ask(request: InferenceRequest, bytes?: Uint8Array, options?: RequestOptions): Promise<Frame> {
    return this.#idle.during(() => this.#host.request(request, bytes, options));
  }
}

/** What all users of a graph share. */
export interface OpenGraph extends OpenReply {
  ask(
    inputs: readonly Tensor[],
    outputs: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<RunResult>;
  placement(): Promise<Placement>;
  release(): Promise<void>;
}

/** A graph that is open somewhere: in the inference process, on a server, or two of them in a row. */
export interface GraphSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  run(
    inputs: readonly Tensor[],
    outputs: readonly string[],
    signal?: AbortSignal,
  ): Promise<RunResult>;
}

/** One user's hold on a graph that is open in the inference process. */
export class Session implements GraphSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly runtimeVersion: string;
  /** The same for all who hold this graph. */
  readonly graph: OpenGraph;
  #released = false;

  constructor(graph: OpenGraph) {
    this.runtimeVersion = graph.runtimeVersion;
    this.inputs = graph.inputs;
    this.outputs = graph.outputs;
    this.graph = graph;
  }

  /** @throws MulanError `child.crashed` when the process died under this run; AbortError */
  run(
    inputs: readonly Tensor[],
    outputs: readonly string[],
    signal?: AbortSignal,
  ): Promise<RunResult> {
    return this.graph.ask(inputs, outputs, signal);
  }

  /** Which nodes ran where so far; for sessions that were opened with `profile`, once. */
  placement(): Promise<Placement> {
    return this.graph.placement();
  }

  /** Lets go of the session; the process closes it when nobody else uses it. */
  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    await this.graph.release();
  }
}

let shared: InferenceProcess | undefined;

/** The one inference process of this process: models of the same files share its sessions. */
export function sharedInference(): InferenceProcess {
  shared ??= new InferenceProcess();
  return shared;
}

/** The process is a new one that knows no sessions, or was ended because of somebody else's abort. */
function canTryAgain(error: unknown): boolean {
  return (
    error instanceof MulanError && (error.code === UNKNOWN_SESSION || error.code === "child.killed")
  );
}
