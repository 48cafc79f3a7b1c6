import type { GraphSession, RunResult } from "./inference.ts";
import type { TensorInfo } from "./inferenceProtocol.ts";
import type { Tensor } from "./tensors.ts";

/** Two graphs in a row: what the first puts out goes into the second. */
export class ChainedSession implements GraphSession {
  readonly #first: GraphSession;
  readonly #second: GraphSession;
  /** The first one's output and the second one's input that it becomes. */
  readonly #joint: { readonly output: string; readonly input: string };

  constructor(
    first: GraphSession,
    second: GraphSession,
    joint: { readonly output: string; readonly input: string },
  ) {
    this.#first = first;
    this.#second = second;
    this.#joint = joint;
  }

  get inputs(): readonly TensorInfo[] {
    return this.#first.inputs;
  }

  get outputs(): readonly TensorInfo[] {
    return this.#second.outputs;
  }

  async run(
    inputs: readonly Tensor[],
    outputs: readonly string[],
    signal?: AbortSignal,
  ): Promise<RunResult> {
    const first = await this.#first.run(inputs, [this.#joint.output], signal);
    const [between] = first.outputs;
    const second = await this.#second.run(
      [{ ...between!, name: this.#joint.input }],
      outputs,
      signal,
    );
    return { outputs: second.outputs, runMs: first.runMs + second.runMs };
  }
}
