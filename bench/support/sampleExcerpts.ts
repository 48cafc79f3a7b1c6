import { join } from "node:path";
import type { Clip } from "../../kernel/mulan/audio/clip.ts";
import { readAudio } from "../../kernel/mulan/audio/readAudio.ts";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";

/** Excerpts of the sample clips, `stepSec` apart. Different sound in each: equal contents would share a cache entry. */
export async function sampleExcerpts(n: number, durationSec: number, stepSec = 0.5) {
  const files = await readAudio(join(packageRoot, "samples/audio"));
  const pieces: Clip[] = [];
  for (let startSec = 0; pieces.length < n; startSec += stepSec) {
    const long = files.filter((clip) => clip.durationSec >= startSec + durationSec);
    if (long.length === 0) throw new Error(`the samples have no ${n} such excerpts`);
    pieces.push(...long.map((clip) => clip.excerpt({ startSec, durationSec })));
  }
  return pieces.slice(0, n);
}
