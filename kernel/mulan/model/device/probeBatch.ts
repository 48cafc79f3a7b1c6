import { probeSounds } from "../health/probeSignals.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ElasticAudio } from "./elasticRuns.ts";

/** How many windows a GPU takes at a time, and what that was chosen by. */
export interface BatchChoice {
  readonly size: number;
  /** Windows a second by batch size, as far as was tried: `{ "1": 80, "2": 150 }`. */
  readonly windowsPerSec: Readonly<Record<string, number>>;
}

const SIZES: readonly number[] = [1, 2, 4, 8, 16, 32];
/** A larger batch must be worth its memory. */
const LEAST_GAIN = 1.1;
/** What goes into the tower in one run; what it makes of it inside is a few times as much for each layer. */
const MAX_INPUT_BYTES = 64 * 2 ** 20;
/** Together; the next size is left out when it would last longer. */
const MAX_MS = 3000;

/**
 * Doubles the batch while that makes a window cheaper, the device's memory holds it and time allows.
 * @throws what a run of one window throws; AbortError
 */
export async function probeBatch(
  audio: ElasticAudio,
  { audio: { windows, frontEnd } }: Manifest,
  signal?: AbortSignal,
): Promise<BatchChoice> {
  const [sound] = probeSounds(windows.lengthSamples, frontEnd.sampleRateHz);
  const features = audio.features(sound!);
  const windowsPerSec: Record<string, number> = {};
  const started = performance.now();
  let best = { size: 1, rate: 0 };
  for (const size of SIZES) {
    if (size * features.data.byteLength > MAX_INPUT_BYTES && size > 1) break;
    const batch = Array.from({ length: size }, () => features);
    const before = performance.now();
    const rate = await windowsASecond(audio, batch, signal).catch((error: unknown) => {
      // A graph whose batch axis is fixed takes one window only.
      if (size === 1 || signal?.aborted) throw error;
      return undefined;
    });
    if (rate === undefined || audio.maxRows < size) break;
    windowsPerSec[String(size)] = rate;
    if (rate < LEAST_GAIN * best.rate) break;
    best = { size, rate };
    const lastMs = performance.now() - before;
    if (performance.now() - started + 2 * lastMs > MAX_MS) break;
  }
  return { size: best.size, windowsPerSec };
}

/** The first run of a shape compiles kernels for it and does not count. */
async function windowsASecond(
  audio: ElasticAudio,
  batch: Parameters<ElasticAudio["embed"]>[0],
  signal: AbortSignal | undefined,
): Promise<number> {
  await audio.embed(batch, signal);
  const runs = [await audio.embed(batch, signal), await audio.embed(batch, signal)];
  return (1000 * batch.length) / Math.max(1e-6, Math.min(...runs.map(({ runMs }) => runMs)));
}
