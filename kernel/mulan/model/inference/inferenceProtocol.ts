import type { AddedOutput } from "./addOutputs.ts";
import type { TensorHeader } from "./tensors.ts";

/** A way to run a graph: ONNX Runtime calls it an execution provider. */
export type Provider = "cpu" | "cuda" | "webgpu" | "dml" | "coreml";

/** What the library asks of the inference process. Both ends are of the same build, so nothing is parsed twice. */
export type InferenceRequest =
  | OpenRequest
  | {
      readonly op: "run";
      readonly session: string;
      readonly inputs: readonly TensorHeader[];
      readonly outputs: readonly string[];
    }
  | { readonly op: "release"; readonly session: string }
  | { readonly op: "placement"; readonly session: string }
  | { readonly op: "backends" };

/** Opening a session that is open already tells about it again. */
export interface OpenRequest {
  readonly op: "open";
  /** Chosen by the caller, so that it stays the same when the process had to be started again. */
  readonly session: string;
  readonly path: string;
  readonly provider: Provider;
  /** Which of several cards, from 0; without it the first one. */
  readonly card?: number;
  /** Threads within an operator, on the CPU. */
  readonly threads?: number;
  /** Tensors inside the graph that are to come out as well; not for graphs with weights in other files. */
  readonly addOutputs?: readonly AddedOutput[];
  /** Names the bytes of the graph and its weights: with it the graph is kept in the cache as optimised. For large ones. */
  readonly contents?: string;
  /** Keep account of which nodes run where, until it is asked for by "placement". */
  readonly profile?: boolean;
}

/** One input or output of a graph; a symbolic axis has its name, or "" where it has none. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  readonly dims: readonly (number | string)[];
}

export interface OpenReply {
  /** Version of ONNX Runtime. */
  readonly runtimeVersion: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

export interface RunReply {
  readonly outputs: readonly TensorHeader[];
  /** Time inside session.run. */
  readonly runMs: number;
}

/** What ran on one execution provider. */
export interface ProviderShare {
  readonly nodes: number;
  /** Of these nodes, the first run left out, which compiles and copies. */
  readonly timeMs: number;
  /** How many nodes of each operator. */
  readonly ops: Readonly<Record<string, number>>;
}

/** What ran on which execution provider, by ONNX Runtime's profile: `{ CPUExecutionProvider: { nodes: 12, … } }`. */
export type Placement = Readonly<Record<string, ProviderShare>>;

export interface BackendsReply {
  readonly runtimeVersion: string;
  /** "bundled" ones need no extra library of ours; they may need a driver. */
  readonly backends: readonly { readonly name: string; readonly bundled: boolean }[];
}

/** A run names a session that this process does not hold: it was started anew since. */
export const UNKNOWN_SESSION = "inference.unknown-session";
