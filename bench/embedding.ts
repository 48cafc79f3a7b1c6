// Embeds 64 excerpts of the sample clips with an empty and with a full cache, and compares the wall time with what it
// could be at best: the runs of the graph alone, or half of all CPU time on two cores, whichever is larger.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clip } from "../kernel/mulan/audio/clip.ts";
import { cutWindows } from "../kernel/mulan/audio/cutWindows.ts";
import { EmbeddingCache } from "../kernel/mulan/embedding/cache.ts";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { InferenceProcess } from "../kernel/mulan/model/inference/inference.ts";
import type { JointModel } from "../kernel/mulan/model/jointModel.ts";
import { load } from "../kernel/mulan/model/load.ts";
import { AudioTower, type Features } from "../kernel/mulan/model/towers/audioTower.ts";
import { sampleExcerpts } from "./support/sampleExcerpts.ts";

const N_CLIPS = 64;
const CLIP_SEC = 9;
const CLOCK_TICK_MS = 10;

/** CPU time of this process and of its children so far. Linux only: elsewhere children count as nothing. */
async function cpuMs(): Promise<{ own: number; children: number }> {
  const { user, system } = process.cpuUsage();
  let children = 0;
  const tasks = await readdir("/proc/self/task").catch(() => []);
  for (const task of tasks) {
    const pids = await readFile(`/proc/self/task/${task}/children`, "utf8").catch(() => "");
    for (const pid of pids.split(" ").filter(Boolean)) {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      children += (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS || 0;
    }
  }
  return { own: (user + system) / 1000, children };
}

/** Time inside session.run for the same windows, with nothing else going on in this library. */
async function bareRunMs(model: JointModel, windows: readonly Features[]): Promise<number> {
  await using inference = new InferenceProcess();
  const path = join(packageRoot, "models/mulan-mini", model.manifest.audio.file);
  const tower = new AudioTower(
    await inference.open("bare", path, { provider: "cpu" }),
    model.manifest,
  );
  await tower.embed(windows.slice(0, 1));
  let total = 0;
  for (const window of windows) total += (await tower.embed([window])).runMs;
  return total;
}

async function featuresOf(model: JointModel, clips: readonly Clip[]): Promise<Features[]> {
  const { frontEnd, windows } = model.manifest.audio;
  await using inference = new InferenceProcess();
  const path = join(packageRoot, "models/mulan-mini", model.manifest.audio.file);
  const tower = new AudioTower(
    await inference.open("features", path, { provider: "cpu" }),
    model.manifest,
  );
  const all: Features[] = [];
  for (const clip of clips) {
    const pcm = await clip.resampled(frontEnd.sampleRateHz);
    const cut = cutWindows(pcm, frontEnd.sampleRateHz, windows);
    all.push(...cut.map(({ samples }) => tower.features(samples)));
  }
  return all;
}

const folder = await mkdtemp(join(tmpdir(), "mulan-bench-"));
process.env.MULAN_CACHE_DIR = folder;
try {
  const started = performance.now();
  await using model = await load(undefined, { device: "cpu" });
  const firstLoadMs = performance.now() - started;
  const again = performance.now();
  await (await load(undefined, { device: "cpu" })).dispose();
  const secondLoadMs = performance.now() - again;

  const clips = await sampleExcerpts(N_CLIPS, CLIP_SEC);
  await model.embedAudio(clips[0]!, { cache: false });
  const windows = await featuresOf(model, clips);
  const rows: Record<string, number>[] = [];
  for (let round = 0; round < 3; round++) {
    const cache = new EmbeddingCache({ folder: join(folder, `round-${round}`) });
    const bareMs = await bareRunMs(model, windows);
    const before = await cpuMs();
    const coldStarted = performance.now();
    await model.embedAudio(clips, { cache });
    const coldMs = performance.now() - coldStarted;
    const after = await cpuMs();
    const warmStarted = performance.now();
    await model.embedAudio(clips, { cache });
    const warmMs = performance.now() - warmStarted;
    const ownMs = after.own - before.own;
    const childrenMs = after.children - before.children;
    const atBestMs = Math.max(bareMs, (ownMs + childrenMs) / 2);
    rows.push({
      "cold wall ms": Math.round(coldMs),
      "bare session.run ms": Math.round(bareMs),
      "own CPU ms": Math.round(ownMs),
      "children's CPU ms": Math.round(childrenMs),
      "wall / at best": Number((coldMs / atBestMs).toFixed(3)),
      "warm ms a file": Number((warmMs / clips.length).toFixed(2)),
    });
  }
  console.log(`${clips.length} clips of ${CLIP_SEC} s, ${windows.length} windows`);
  console.table(rows);
  console.log(
    `load: first ${firstLoadMs.toFixed(0)} ms, again in the same process ${secondLoadMs.toFixed(0)} ms`,
  );
  console.log(`resident after all: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
