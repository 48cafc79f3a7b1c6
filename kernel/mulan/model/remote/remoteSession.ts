import type { GraphSession, RunResult } from "../inference/inference.ts";
import type { TensorInfo } from "../inference/inferenceProtocol.ts";
import { asFed, type Tensor } from "../inference/tensors.ts";
import { badAnswer } from "./v2Body.ts";
import type { V2Client } from "./v2Client.ts";
import { type ModelMetadata, tensorInfo } from "./v2Protocol.ts";

/** A graph on a server. */
export class RemoteSession implements GraphSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #client: V2Client;
  readonly #model: string;
  readonly #maxBatch: number;

  constructor(client: V2Client, metadata: ModelMetadata, maxBatch: number) {
    this.#client = client;
    this.#model = metadata.name;
    this.inputs = (metadata.inputs ?? []).map(tensorInfo);
    this.outputs = (metadata.outputs ?? []).map(tensorInfo);
    // A server that declares a batch of one length takes no other.
    const fixed = this.inputs
      .map(({ dims }) => dims[0])
      .find((n) => typeof n === "number" && n > 0);
    this.#maxBatch = typeof fixed === "number" ? fixed : maxBatch;
  }

  async run(
    inputs: readonly Tensor[],
    outputs: readonly string[],
    signal?: AbortSignal,
  ): Promise<RunResult> {
    const started = performance.now();
    const [fed] = inputs;
    const n = fed?.dims[0] ?? 1;
    const parts: Tensor[][] = [];
    for (let from = 0; from < n; from += this.#maxBatch) {
      const to = Math.min(n, from + this.#maxBatch);
      // The other tower's inputs of a combined graph have a batch of their own.
      const batch = inputs.map((input) => (input.dims[0] === n ? sliced(input, from, to) : input));
      const fed = batch.map((tensor) => asFed(tensor, this.inputs));
      const rows = await this.#client.infer(this.#model, fed, outputs, signal);
      for (const { name, dims } of rows) {
        if (dims[0] !== to - from) throw badAnswer(`${to - from} rows of "${name}"`, `${dims[0]}`);
      }
      parts.push(rows);
    }
    const joined = outputs.map((_, i) => join(parts.map((part) => part[i]!)));
    return { outputs: joined, runMs: performance.now() - started };
  }
}

function sliced({ name, dims, data }: Tensor, from: number, to: number): Tensor {
  const step = data.length / dims[0]!;
  return { name, dims: [to - from, ...dims.slice(1)], data: data.subarray(from * step, to * step) };
}

/** Batches of float rows one after the other. */
function join(parts: readonly Tensor[]): Tensor {
  const [first] = parts as [Tensor];
  if (parts.length === 1) return first;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(Float32Array.from(part.data as ArrayLike<number>), at);
    at += part.data.length;
  }
  const rows = parts.reduce((sum, { dims }) => sum + dims[0]!, 0);
  return { name: first.name, dims: [rows, ...first.dims.slice(1)], data };
}
