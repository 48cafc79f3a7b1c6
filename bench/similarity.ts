// similarity() against the plain three loops, and against numpy where Python has it: medians of one run.
import { spawnSync } from "node:child_process";
import { Embeddings } from "../kernel/mulan/embedding/embeddings.ts";
import { similarity } from "../kernel/mulan/embedding/similarity.ts";

const CASES = [
  [1000, 1000, 128],
  [200, 200, 512],
] as const;
const ROUNDS = 15;
const NEIGHBOUR_ROWS = 100_000;

const NUMPY = `
import json, sys, time
import numpy as np
for n, m, dim in json.loads(sys.argv[1]):
    a, b = (np.random.rand(k, dim).astype("f4") for k in (n, m))
    times = []
    for _ in range(${ROUNDS}):
        start = time.perf_counter()
        a @ b.T
        times.append((time.perf_counter() - start) * 1e3)
    print(sorted(times)[len(times) // 2])
`;

function embeddings(n: number, dim: number): Embeddings {
  return Embeddings.from({ data: Float32Array.from({ length: n * dim }, Math.random), dim });
}

function plainLoops(a: Embeddings, b: Embeddings): Float32Array {
  const values = new Float32Array(a.n * b.n);
  for (let i = 0; i < a.n; i++) {
    for (let j = 0; j < b.n; j++) {
      let sum = 0;
      for (let k = 0; k < a.dim; k++) sum += a.data[i * a.dim + k]! * b.data[j * a.dim + k]!;
      values[i * b.n + j] = sum;
    }
  }
  return values;
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

const { stdout } = spawnSync(
  process.env.PYTHON ?? "python3",
  ["-c", NUMPY, JSON.stringify(CASES)],
  {
    encoding: "utf8",
  },
);
const numpyMs = (stdout ?? "").trim().split("\n").map(Number);

for (const [i, [n, m, dim]] of CASES.entries()) {
  const [a, b] = [embeddings(n, dim), embeddings(m, dim)];
  const ours = medianMs(() => similarity(a, b));
  const plain = medianMs(() => plainLoops(a, b));
  const numpy = numpyMs[i];
  console.log(
    [
      `similarity ${n} × ${m} × ${dim}: ${ours.toFixed(1)} ms`,
      `plain loops ${plain.toFixed(1)} ms (ours is ${(plain / ours).toFixed(1)} × as fast)`,
      numpy
        ? `numpy ${numpy.toFixed(1)} ms (${(numpy / ours).toFixed(2)} ×)`
        : "numpy not measured",
    ].join(", "),
  );
}

const many = embeddings(NEIGHBOUR_ROWS, 128);
const search = medianMs(() => many.neighbours(0, 10));
console.log(`neighbours of 1 row among ${NEIGHBOUR_ROWS} × 128: ${search.toFixed(1)} ms`);
