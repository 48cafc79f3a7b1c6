// Zero-shot tagging of 20,000 clips × 188 tags with the tiny test model and no cache: does memory stay flat, all processes
// together under 2 GB, and how many clips a second go through? Clips are hard links of a few small files, so that the
// disk has no part in it. `N_CLIPS=2000` makes it a quick look.
import { link, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TaggedDataset } from "../kernel/mulan/datasets/dataset.ts";
import { seededRandom } from "../kernel/mulan/embedding/projection/random.ts";
import { saveReport } from "../kernel/mulan/evaluation/reportFiles/saveReport.ts";
import { evaluateTagging } from "../kernel/mulan/evaluation/tagging/evaluateTagging.ts";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { load } from "../kernel/mulan/model/load.ts";
import { wavBytes } from "../test/support/wavBytes.ts";
import { familyBytes } from "./support/familyBytes.ts";

const N_CLIPS = Number(process.env.N_CLIPS ?? 20_000);
const N_TAGS = 188;
const N_FILES = 8;
const CLIP_SEC = 3;
const RATE_HZ = 8000;
const TAGS_A_CLIP = 4;
const FILES_A_FOLDER = 1000;
const WATCH_MS = 200;
const MEGABYTE = 2 ** 20;

async function makeClips(folder: string): Promise<TaggedDataset> {
  const random = seededRandom(1);
  const tags = Array.from({ length: N_TAGS }, (_, i) => `tag ${i}`);
  const sources: string[] = [];
  for (let i = 0; i < N_FILES; i++) {
    const samples = Int16Array.from({ length: CLIP_SEC * RATE_HZ }, (_, t) =>
      Math.round(9000 * Math.sin((2 * Math.PI * 110 * (i + 1) * t) / RATE_HZ)),
    );
    sources.push(join(folder, `source-${i}.wav`));
    await writeFile(
      sources[i]!,
      wavBytes(new Uint8Array(samples.buffer), { sampleRateHz: RATE_HZ }),
    );
  }
  const items = [];
  for (let i = 0; i < N_CLIPS; i++) {
    const into = join(folder, String(Math.floor(i / FILES_A_FOLDER)));
    if (i % FILES_A_FOLDER === 0) await mkdir(into);
    const path = join(into, `${i}.wav`);
    await link(sources[i % N_FILES]!, path);
    const own = Array.from({ length: TAGS_A_CLIP }, () => tags[Math.floor(random() * N_TAGS)]!);
    items.push({ id: String(i), path, tags: [...new Set(own)] });
  }
  const about = { name: "hard links", sha256: "0".repeat(64), conventions: [], failures: [] };
  return { kind: "tagged", ...about, labels: tags, items };
}

const folder = await mkdtemp(join(tmpdir(), "mulan-scale-"));
try {
  const dataset = await makeClips(folder);
  const peaks = new Map<string, number>();
  let stage = "start";
  const watch = setInterval(() => {
    const bytes = familyBytes();
    peaks.set(stage, Math.max(peaks.get(stage) ?? 0, bytes));
  }, WATCH_MS);
  await using model = await load(join(packageRoot, "test/fixtures/models/tiny"), { device: "cpu" });
  let rateMark = { done: 0, ms: performance.now() };
  let embeddedMs = 0;
  const startedMs = performance.now();
  const report = await evaluateTagging(model, dataset, {
    cache: false,
    onProgress: ({ label, done, total }) => {
      if (label === "resampling labels" || label === "resampling pairs") stage = label;
      if (label !== "embedding audio") return;
      const quarter = Math.min(4, 1 + Math.floor((4 * done) / total));
      stage = `embedding, quarter ${quarter}`;
      embeddedMs = performance.now() - startedMs;
      const nowMs = performance.now();
      if (nowMs - rateMark.ms < 15_000) return;
      const rate = (1000 * (done - rateMark.done)) / (nowMs - rateMark.ms);
      console.log(`  ${done} of ${total}: ${rate.toFixed(0)} clips a second`);
      rateMark = { done, ms: nowMs };
    },
  });
  const seconds = (performance.now() - startedMs) / 1000;
  stage = "saving";
  await saveReport(report, join(folder, "report.json"));
  clearInterval(watch);
  peaks.set(stage, Math.max(peaks.get(stage) ?? 0, familyBytes()));
  console.log(
    `${report.items.length} clips × ${N_TAGS} tags: ${seconds.toFixed(0)} s, embedding ${(report.items.length / (embeddedMs / 1000)).toFixed(0)} clips a second, figures with intervals ${(seconds - embeddedMs / 1000).toFixed(0)} s`,
  );
  for (const [when, bytes] of peaks) {
    console.log(`  peak memory of all processes, ${when}: ${(bytes / MEGABYTE).toFixed(0)} MB`);
  }
  const peak = Math.max(...peaks.values());
  console.log(`peak ${(peak / MEGABYTE).toFixed(0)} MB (target: under 2,048 MB)`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
