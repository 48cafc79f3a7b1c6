import {
  InferenceProcess,
  Session,
  type SessionOptions,
} from "../../kernel/mulan/model/inference/inference.ts";
import type { Placement, Provider } from "../../kernel/mulan/model/inference/inferenceProtocol.ts";

/** How a device that no machine of the tests has is to behave; the CPU computes for it. */
export interface FakeDevice {
  /** What ONNX Runtime would say against it when a graph is opened. */
  readonly refuses?: string;
  readonly placement?: Placement;
  /** More rows in one run than this, and its memory is full. */
  readonly maxRows?: number;
  /** What its numbers are multiplied by; 1 agrees with the CPU, up to rows' lengths. */
  readonly garbles?: boolean;
  /** What a run is said to have taken. */
  readonly runMs?: (rows: number) => number;
}

export const OUT_OF_MEMORY =
  "Non-zero status code returned while running Conv node. BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 9437184";

/** An inference process with made-up devices beside the real CPU. */
export class FakeDevices extends InferenceProcess {
  readonly #devices: Partial<Record<Provider, FakeDevice>>;
  /** Each session that was asked for: "cuda:1". */
  readonly asked: string[] = [];
  /** Rows of each run on a made-up device, and whether it went through. */
  readonly runs: { readonly rows: number; readonly ok: boolean }[] = [];

  constructor(devices: Partial<Record<Provider, FakeDevice>>) {
    super();
    this.#devices = devices;
  }

  /** Leaves so little of a device's memory that more rows in one run do not fit. */
  fill(provider: Provider, maxRows: number): void {
    this.#devices[provider] = { ...this.#devices[provider], maxRows };
  }

  override async open(
    key: string,
    path: string,
    options: SessionOptions,
    signal?: AbortSignal,
  ): Promise<Session> {
    const { provider, card } = options;
    if (provider !== "cpu") this.asked.push(card === undefined ? provider : `${provider}:${card}`);
    const fake = provider === "cpu" ? {} : this.#devices[provider];
    if (!fake) throw new Error(`no available backend found. ERR: [${provider}] backend not found.`);
    if (fake.refuses !== undefined) throw new Error(fake.refuses);
    const real = await super.open(key, path, { provider: "cpu" }, signal);
    if (provider === "cpu") return real;
    return new Session({
      ...real.graph,
      ask: async (inputs, outputs, stop) => {
        const rows = inputs[0]!.dims[0]!;
        const ok = rows <= (this.#devices[provider]?.maxRows ?? Number.POSITIVE_INFINITY);
        this.runs.push({ rows, ok });
        if (!ok) throw new Error(OUT_OF_MEMORY);
        const result = await real.run(inputs, outputs, stop);
        if (fake.garbles) for (const { data } of result.outputs) data.reverse();
        return fake.runMs ? { ...result, runMs: fake.runMs(rows) } : result;
      },
      placement: async () => fake.placement ?? {},
      release: () => real.release(),
    });
  }
}

/** A profile in which a device ran so many nodes of a model. */
export function placementOn(name: string, nodes: number, onCpu = 0): Placement {
  return {
    ...(nodes > 0 && { [name]: { nodes, timeMs: 9.8, ops: { MatMul: nodes } } }),
    ...(onCpu > 0 && {
      CPUExecutionProvider: { nodes: onCpu, timeMs: 0.2, ops: { Shape: onCpu } },
    }),
  };
}
