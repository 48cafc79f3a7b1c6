// Log-mel of 10 s, one thread: ours, and transformers and librosa beside it where `PYTHON` can import them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { type FrontEnd, type LogMelFrontEnd, logMel } from "../kernel/mulan/index.ts";

const N_RUNS = 40;
const DURATION_SEC = 10;

const base = {
  kind: "logMel",
  window: "hann",
  power: 2,
  center: true,
  removeDcOffset: false,
  preEmphasis: 0,
  inputScale: 1,
} as const satisfies Partial<FrontEnd>;

const frontEnds: Record<string, LogMelFrontEnd> = {
  "CLAP (48 kHz, 1024/480, 64 mels)": {
    ...base,
    sampleRateHz: 48_000,
    nFft: 1024,
    windowLength: 1024,
    hopLength: 480,
    nMels: 64,
    fMinHz: 50,
    fMaxHz: 14_000,
    melScale: "slaney",
    norm: "slaney",
    padMode: "reflect",
    log: { kind: "db", amin: 1e-10, ref: 1, topDb: null },
  },
  "librosa (22.05 kHz, 2048/512, 128 mels)": {
    ...base,
    sampleRateHz: 22_050,
    nFft: 2048,
    windowLength: 2048,
    hopLength: 512,
    nMels: 128,
    fMinHz: 0,
    fMaxHz: 11_025,
    melScale: "slaney",
    norm: "slaney",
    padMode: "constant",
    log: { kind: "db", amin: 1e-10, ref: 1, topDb: 80 },
  },
};

const python = spawnSync(
  process.env.PYTHON ?? "python3",
  [join(packageRoot, "bench/reference/logMel.py"), String(N_RUNS), String(DURATION_SEC)],
  { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1", HF_HUB_OFFLINE: "1" } },
);
const theirMs = python.status === 0 ? (JSON.parse(python.stdout) as number[]) : undefined;

for (const [i, [name, frontEnd]] of Object.entries(frontEnds).entries()) {
  const ms = medianMs(frontEnd);
  const reference = theirMs?.[i];
  const ratio =
    reference === undefined
      ? ""
      : `, Python ${reference.toFixed(1)} ms, ${(reference / ms).toFixed(1)} × as fast`;
  console.log(`${name}: ${ms.toFixed(1)} ms${ratio}`);
}
if (!theirMs)
  console.log("transformers and librosa: not importable here (PYTHON names another Python)");

function medianMs(frontEnd: LogMelFrontEnd): number {
  const noise = Float32Array.from({ length: DURATION_SEC * frontEnd.sampleRateHz }, (_, i) =>
    Math.sin(i * i * 1e-6),
  );
  const timesMs = Array.from({ length: N_RUNS }, () => {
    const beginMs = performance.now();
    logMel(noise, frontEnd);
    return performance.now() - beginMs;
  });
  return timesMs.toSorted((a, b) => a - b)[N_RUNS >> 1]!;
}
