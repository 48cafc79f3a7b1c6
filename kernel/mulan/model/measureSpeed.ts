import { Clip } from "../audio/clip.ts";
import { PROBE_TEXTS } from "./health/probeSignals.ts";
import type { JointModel } from "./jointModel.ts";

/** How fast a model embeds here, the cache left out. */
export interface Speed {
  /** Seconds of audio a second: 100 is a hundred times real time. */
  readonly timesRealTime: number;
  readonly windowsPerSec: number;
  readonly textsPerSec: number;
}

const LEAST_SEC = 1.5;
const MAX_ROUNDS = 50;

/** Embeds noise and short texts for about three seconds. */
export async function measureSpeed(model: JointModel, signal?: AbortSignal): Promise<Speed> {
  const { sampleRateHz, windowSec, hopSec } = model.describe().audio;
  const nWindows = 4;
  const clip = noise((windowSec + (nWindows - 1) * hopSec) * sampleRateHz, sampleRateHz);
  const windows = await rate(async () => {
    const { windows: rows } = await model.embedAudio(clip, { cache: false, signal });
    return rows?.startSec.length ?? 1;
  });
  const texts = await rate(async (round) => {
    const some = PROBE_TEXTS.map((text) => `${text} ${round}`);
    return (await model.embedText(some, { cache: false, signal })).n;
  });
  return { windowsPerSec: windows, timesRealTime: windows * hopSec, textsPerSec: texts };
}

/** Things a second; the first round, which is always slow, does not count. */
async function rate(once: (round: number) => Promise<number>): Promise<number> {
  await once(0);
  const started = performance.now();
  let n = 0;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    n += await once(round);
    if (performance.now() - started > 1000 * LEAST_SEC) break;
  }
  return n / ((performance.now() - started) / 1000);
}

function noise(length: number, sampleRateHz: number): Clip {
  let state = 1;
  const samples = Float32Array.from({ length: Math.round(length) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 0.2 * (state / 2 ** 31 - 1);
  });
  return Clip.fromSamples(samples, sampleRateHz, { label: "noise" });
}
