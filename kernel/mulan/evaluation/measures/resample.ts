import { seededRandom } from "../../embedding/projection/random.ts";
import { MulanError } from "../../foundation/errors.ts";

/** What a statistic was on each resample of the items. */
export interface Resampled {
  /** `[resamples]`, of what leans moved; NaN where the statistic was undefined, as when every positive was left out. */
  readonly samples: Float64Array;
  /** Percentiles 2.5 and 97.5 of the defined ones. */
  readonly interval: readonly [number, number];
}

export const RESAMPLES = 1000;
const TAIL = 0.025;

/**
 * Draws `n` of `n` items with replacement, again and again: the same draws for the same seed and `n`, which is
 * what pairs two models. Each call fills `counts` (how often each item was drawn) for the next resample.
 */
export function resampler(n: number, seed: number): (counts: Uint16Array) => void {
  const random = seededRandom(seed);
  return (counts) => {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[Math.floor(random() * n)]!++;
  };
}

/** @throws MulanError `measures.undefined` when the statistic was undefined on every resample */
export function asResampled(samples: Float64Array): Resampled {
  const sorted = samples.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) {
    throw new MulanError("measures.undefined", "the statistic is undefined on every resample", {
      expected: "items on which it has a value",
    });
  }
  return { samples, interval: [percentile(sorted, TAIL), percentile(sorted, 1 - TAIL)] };
}

/**
 * For a share whose resamples lean to one side of it, as average precision's do: drawn twice, a clip stands beside its
 * own copy and helps itself, so that resamples lie higher than the figure, sometimes all of them. All are moved by
 * the figure minus their mean (the bootstrap's own estimate of how far they lean), and the interval is of these. The
 * bias-corrected interval of Efron is no help: it holds the figure only where plain percentiles do, and shrinks to a
 * point where nearly all resamples are on one side (`test/reference/average_precision_intervals.py`).
 * @param samples `[resamples]`; NaN where undefined
 * @param value on all items, each once; from 0 to 1, as are the interval's ends
 * @throws MulanError `measures.undefined`
 */
export function centredOn(value: number, samples: Float64Array): Resampled {
  const defined = samples.filter((sample) => !Number.isNaN(sample));
  const lean = defined.reduce((sum, sample) => sum + sample, 0) / defined.length - value;
  const moved = asResampled(samples.map((sample) => sample - lean));
  const [low, high] = moved.interval;
  return {
    samples: moved.samples,
    interval: [Math.min(value, Math.max(0, low)), Math.max(value, Math.min(1, high))],
  };
}

/** Between two ranks linearly, as numpy does by default. */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (place - below) * (high - low);
}

export interface PairedDifferenceOf {
  /** On all items: b − a. */
  readonly difference: number;
  /** 95 % interval of b − a over the same resamples: without 0 inside, the two differ beyond chance. */
  readonly interval: readonly [number, number];
}

/**
 * The difference of two statistics that were resampled with one seed over the same items.
 * @throws MulanError `measures.shape` when the numbers of resamples differ, `measures.undefined`
 */
export function pairedDifference(
  a: { readonly value: number; readonly resampled: Resampled },
  b: { readonly value: number; readonly resampled: Resampled },
): PairedDifferenceOf {
  const [of, to] = [a.resampled.samples, b.resampled.samples];
  if (of.length !== to.length) {
    throw new MulanError("measures.shape", "the two were not resampled alike", {
      expected: `${of.length} resamples`,
      got: String(to.length),
    });
  }
  const { interval } = asResampled(to.map((value, i) => value - of[i]!));
  return { difference: b.value - a.value, interval };
}
