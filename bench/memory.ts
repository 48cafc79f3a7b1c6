// 1,000 clips and 1,000 texts through a MuLan in its real size (M-ResNet-50 and BERT-base, seeded weights) without a
// cache: does the memory of all processes stay flat? Peaks by tenth of the way.
//   PYTHON    a Python with training/export/requirements.txt; without it the bench says so and ends
//   FOLDER    keeps the model for another run; N_CLIPS, N_TEXTS: fewer for a quick look
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../kernel/mulan/foundation/ambient.ts";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { load } from "../kernel/mulan/model/load.ts";
import { familyBytes } from "./support/familyBytes.ts";
import { sampleExcerpts } from "./support/sampleExcerpts.ts";

const N_CLIPS = Number(process.env.N_CLIPS ?? 1000);
const N_TEXTS = Number(process.env.N_TEXTS ?? 1000);
const CLIP_SEC = 10;
const STEP_SEC = 0.02;
const WORDS_A_TEXT = 24;
const PARTS = 10;
const WATCH_MS = 100;
const MEGABYTE = 2 ** 20;

const python = process.env.PYTHON;
if (python) await bench(python);
else console.log("PYTHON names no Python with PyTorch: nothing was measured");

async function bench(interpreter: string): Promise<void> {
  const folder = process.env.FOLDER ?? (await mkdtemp(join(tmpdir(), "mulan-memory-")));
  try {
    if (!existsSync(join(folder, "mulan.json"))) {
      const args = [join(packageRoot, "bench/reference/towers.py"), "model", folder];
      const { status } = spawnSync(interpreter, args, { stdio: ["ignore", "inherit", "ignore"] });
      if (status !== 0) throw new Error(`${interpreter} could not export the model`);
    }
    await using model = await load(folder, { device: "cpu", force: true });
    const clips = await sampleExcerpts(N_CLIPS, CLIP_SEC, STEP_SEC);
    await watched("clips", (onProgress) => model.embedAudio(clips, { cache: false, onProgress }));
    const words = [...new Set(clips.map(({ label }) => label.toLowerCase().split(" ")[0]!))];
    const texts = Array.from({ length: N_TEXTS }, (_, i) => {
      const some = Array.from(
        { length: i % WORDS_A_TEXT },
        (_, j) => words[(i + j) % words.length],
      );
      return [`number ${i}`, ...some].join(" ");
    });
    await watched("texts", (onProgress) => model.embedText(texts, { cache: false, onProgress }));
  } finally {
    if (!process.env.FOLDER) await rm(folder, { recursive: true });
  }
}

/** The peak of all processes in each tenth of the way. */
async function watched<T>(
  what: string,
  embed: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<void> {
  const peaks: number[] = [];
  let part = 0;
  const watch = setInterval(() => {
    peaks[part] = Math.max(peaks[part] ?? 0, familyBytes());
  }, WATCH_MS);
  let n = 0;
  const startedMs = performance.now();
  await embed(({ done, total }) => {
    n = total;
    part = Math.min(PARTS - 1, Math.floor((PARTS * done) / total));
  });
  clearInterval(watch);
  const seconds = (performance.now() - startedMs) / 1000;
  const megabytes = Array.from(peaks, (bytes) => (bytes ? Math.round(bytes / MEGABYTE) : "–"));
  console.log(
    `${n} ${what}: ${(n / seconds).toFixed(1)} a second; MB by tenth: ${megabytes.join(" ")}`,
  );
}
