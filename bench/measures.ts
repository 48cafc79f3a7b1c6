// ROC-AUC and average precision of many scores, sorting included, and bootstrap intervals; scikit-learn beside
// them where `PYTHON` can import it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { seededRandom } from "../kernel/mulan/embedding/projection/random.ts";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { bootstrapLabels, labelMeasures, ranksOf } from "../kernel/mulan/index.ts";

const CASES = [
  [5_329, 50, "MagnaTagATune's test clips × top 50"],
  [53_000, 188, "10 million scores"],
] as const;
const ROUNDS = 3;
const QUERIES = 2000;

function timed<T>(work: () => T): { ms: number; result: T } {
  const times: number[] = [];
  let result!: T;
  for (let round = 0; round < ROUNDS; round++) {
    const beginMs = performance.now();
    result = work();
    times.push(performance.now() - beginMs);
  }
  return { ms: times.sort((a, b) => a - b)[ROUNDS >> 1]!, result };
}

const python = spawnSync(
  process.env.PYTHON ?? "python3",
  [join(packageRoot, "bench/reference/measures.py"), String(ROUNDS), JSON.stringify(CASES)],
  { encoding: "utf8" },
);
const theirMs = python.status === 0 ? (JSON.parse(python.stdout) as number[]) : undefined;

for (const [i, [n, nLabels, name]] of CASES.entries()) {
  const random = seededRandom(1);
  const scores = Float32Array.from({ length: n * nLabels }, () => 2 * random() - 1);
  const truth = Uint8Array.from(scores, (score) => (random() < 0.03 + 0.02 * score ? 1 : 0));
  const { ms, result } = timed(() => labelMeasures(scores, truth, nLabels));
  const theirs = theirMs?.[i];
  const ratio =
    theirs === undefined
      ? "scikit-learn not importable here"
      : `scikit-learn ${(theirs / 1000).toFixed(2)} s, ${(theirs / ms).toFixed(1)} × as fast`;
  console.log(
    `AUC + AP, per label, macro and micro, ${name}: ${(ms / 1000).toFixed(2)} s, ${ratio} (macro AUC ${result.macro.rocAuc!.toFixed(3)})`,
  );
  if (i > 0) continue;
  const beginMs = performance.now();
  await bootstrapLabels(scores, truth, nLabels);
  const sec = (performance.now() - beginMs) / 1000;
  console.log(`bootstrap, 1000 resamples, macro and micro, ${name}: ${sec.toFixed(1)} s`);
}

const random = seededRandom(2);
const cosines = Float32Array.from({ length: QUERIES * QUERIES }, () => 2 * random() - 1);
const { ms } = timed(() =>
  ranksOf(
    cosines,
    Array.from({ length: QUERIES }, (_, i) => [i]),
  ),
);
console.log(`ranks of ${QUERIES} queries × ${QUERIES} items: ${ms.toFixed(0)} ms`);
