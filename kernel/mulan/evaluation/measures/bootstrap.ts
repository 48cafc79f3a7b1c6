import { MulanError } from "../../foundation/errors.ts";
import {
  asResampled,
  type PairedDifferenceOf,
  pairedDifference,
  RESAMPLES,
  type Resampled,
  resampler,
} from "./resample.ts";

/** A figure of some items, which are given by index and may repeat. NaN where it is undefined. */
export type Statistic = (items: Uint32Array) => number;

export interface BootstrapOptions {
  /** Number of items (clips, queries, triplets). */
  readonly n: number;
  /** Default 0. The same seed and `n` draw the same resamples. */
  readonly seed?: number;
  /** Default 1000. */
  readonly nResamples?: number;
}

export interface Bootstrapped extends Resampled {
  /** On all items, each once. */
  readonly value: number;
}

/**
 * A statistic with its bootstrap 95 % interval (percentiles of resamples of the items).
 * @throws MulanError `measures.empty`, `measures.undefined`
 */
export function bootstrap({
  n,
  seed = 0,
  nResamples = RESAMPLES,
  statistic,
}: BootstrapOptions & { readonly statistic: Statistic }): Bootstrapped {
  if (n === 0) throw new MulanError("measures.empty", "there are no items to resample");
  const draw = resampler(n, seed);
  const counts = new Uint16Array(n);
  const items = new Uint32Array(n);
  const samples = Float64Array.from({ length: nResamples }, () => {
    draw(counts);
    return statistic(spread(counts, items));
  });
  const value = statistic(Uint32Array.from({ length: n }, (_, i) => i));
  return { value, ...asResampled(samples) };
}

/**
 * How much higher statistic `b` is than `a` on the same items: both are taken on the same resamples, so that
 * what makes an item hard for both cancels out.
 * @throws MulanError `measures.empty`, `measures.undefined`
 */
export function pairedBootstrap({
  a,
  b,
  ...options
}: BootstrapOptions & { readonly a: Statistic; readonly b: Statistic }): PairedDifferenceOf {
  const [first, second] = [a, b].map((statistic) => {
    const { value, ...resampled } = bootstrap({ ...options, statistic });
    return { value, resampled };
  });
  return pairedDifference(first!, second!);
}

/** Each item as often as it was drawn. */
function spread(counts: Uint16Array, items: Uint32Array): Uint32Array {
  let filled = 0;
  for (let item = 0; item < counts.length; item++) {
    for (let times = counts[item]!; times > 0; times--) items[filled++] = item;
  }
  return items;
}
