// MuLan's and CLAP's towers in this library's inference process against PyTorch's eager mode: the same weights, the same
// input, two threads each, in turns, so that whatever else the machine does meets both. Then how long a session takes to
// start from a plain graph and from the one that was stored optimised. Figures and ratios, never a verdict.
//   PYTHON  a Python with training/export/requirements.txt; without it the bench says so and ends
//   TOWERS  small (two layers, for trying the bench itself) or real (default); FOLDER keeps exports for another run
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { InferenceProcess } from "../kernel/mulan/model/inference/inference.ts";
import type { Tensor } from "../kernel/mulan/model/inference/tensors.ts";

const THREADS = 2;
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const WARM_UP = 2;
/** Between turns: OpenMP's and ONNX Runtime's threads spin for a while after a run, on the cores of whoever is next. */
const REST_MS = 100;
/** What the project wants, by tower and precision. */
const WANTED: Readonly<Record<string, number>> = {
  "resnet fp32": 1.2,
  "clap fp32": 1.2,
  "bert fp32": 1.2,
  "bert int8": 2,
  "ast int8": 2,
};
const WANTED_START = 2;

interface Listed {
  readonly torch: string;
  readonly small: boolean;
  readonly towers: Readonly<
    Record<
      string,
      {
        readonly inputs: readonly {
          readonly name: string;
          readonly dims: readonly number[];
          readonly dtype: "float32" | "int64";
          readonly file: string;
        }[];
        readonly precisions: readonly string[];
      }
    >
  >;
}

/** PyTorch in a process of its own: one run of a tower for each line. */
class Eager {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string, folder: string) {
    const args = [script, "serve", folder, "--threads", String(THREADS)];
    this.#child = spawn(python, args, { stdio: ["pipe", "pipe", "ignore"] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async run(tower: string): Promise<{ ms: number; row: number[] }> {
    this.#child.stdin!.write(`${JSON.stringify({ tower })}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("PyTorch's process ended");
    return JSON.parse(value) as { ms: number; row: number[] };
  }

  end(): void {
    this.#child.stdin!.end();
  }
}

const script = join(packageRoot, "bench/reference/towers.py");
const python = process.env.PYTHON;
if (python) await bench(python);
else console.log("PYTHON names no Python with PyTorch: nothing was compared");

async function bench(interpreter: string): Promise<void> {
  const folder = process.env.FOLDER ?? (await mkdtemp(join(tmpdir(), "mulan-towers-")));
  const size = process.env.TOWERS ?? "real";
  const cache = await mkdtemp(join(tmpdir(), "mulan-towers-cache-"));
  process.env.MULAN_CACHE_DIR = cache;
  try {
    const only = process.env.ONLY ? ["--only", ...process.env.ONLY.split(",")] : [];
    const args = [script, "export", folder, "--size", size, ...only];
    const { status } = spawnSync(interpreter, args, { stdio: ["ignore", "inherit", "ignore"] });
    if (status !== 0) throw new Error(`${interpreter} could not export the towers`);
    const listed = JSON.parse(await readFile(join(folder, "towers.json"), "utf8")) as Listed;
    console.log(`PyTorch ${listed.torch} eager, ${THREADS} threads, ${size} sizes, batch 1`);
    for (const name of Object.keys(listed.towers)) await compare(interpreter, folder, name, listed);
    for (const name of Object.keys(listed.towers)) await starts(folder, name);
  } finally {
    await rm(cache, { recursive: true });
    if (!process.env.FOLDER) await rm(folder, { recursive: true });
  }
}

async function compare(
  interpreter: string,
  folder: string,
  name: string,
  { towers }: Listed,
): Promise<void> {
  const eager = new Eager(interpreter, folder);
  const { inputs, precisions } = towers[name]!;
  const feeds = await Promise.all(
    inputs.map(async ({ name: input, dims, dtype, file }): Promise<Tensor> => {
      const bytes = new Uint8Array(await readFile(join(folder, file))).buffer;
      const data = dtype === "int64" ? new BigInt64Array(bytes) : new Float32Array(bytes);
      return { name: input, dims, data };
    }),
  );
  for (const precision of ["fp32", ...precisions]) {
    await using inference = new InferenceProcess();
    const file = precision === "fp32" ? `${name}.onnx` : `${name}.${precision}.onnx`;
    const options = { provider: "cpu", threads: THREADS } as const;
    const session = await inference.open(file, join(folder, file), options);
    const ours: number[] = [];
    const theirs: number[] = [];
    let cosine = 0;
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      await delay(REST_MS);
      const torch = await eager.run(name);
      await delay(REST_MS);
      const { outputs, runMs } = await session.run(feeds, ["embeds"]);
      cosine = cosineOf([...(outputs[0]!.data as Float32Array)], torch.row);
      if (round < WARM_UP) continue;
      theirs.push(torch.ms);
      ours.push(runMs);
    }
    const ratio = median(theirs) / median(ours);
    const wanted = WANTED[`${name} ${precision}`];
    console.log(
      `${name} ${precision}: ${median(ours).toFixed(1)} ms, PyTorch ${median(theirs).toFixed(1)} ms, ` +
        `${ratio.toFixed(2)} ×${wanted ? ` (wanted ${wanted} ×)` : ""}, cosine ${cosine.toFixed(5)}`,
    );
  }
  eager.end();
}

/** Each start is a process of its own, which has read the same file shortly before: the disk does not count. */
async function starts(folder: string, name: string): Promise<void> {
  const path = join(folder, `${name}.onnx`);
  const openMs = async (contents: string | undefined) => {
    await using inference = new InferenceProcess();
    await inference.backends();
    const started = performance.now();
    const options = { provider: "cpu", threads: THREADS, ...(contents && { contents }) } as const;
    await inference.open(name, path, options);
    return performance.now() - started;
  };
  await openMs(undefined);
  const storing = await openMs(name);
  const plain: number[] = [];
  const stored: number[] = [];
  for (let round = 0; round < 5; round++) {
    plain.push(await openMs(undefined));
    stored.push(await openMs(name));
  }
  console.log(
    `${name} start: plain ${median(plain).toFixed(0)} ms, storing it ${storing.toFixed(0)} ms, ` +
      `from then on ${median(stored).toFixed(0)} ms, ${(median(plain) / median(stored)).toFixed(1)} × (wanted ${WANTED_START} ×)`,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function cosineOf(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
