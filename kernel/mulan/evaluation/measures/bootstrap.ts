import { MulanError } from "../../foundation/errors.ts";
import { drawClusters } from "./clusters.ts";
import {
  asResampled,
  type PairedDifferenceOf,
  pairedDifference,
  RESAMPLES,
  type Resampled,
  resampler,
} from "./resample.ts";
import { checkShape } from "./scores.ts";

/** A figure of some items, which are given by index and may repeat. NaN where it is undefined. */
export type Statistic = (items: Uint32Array) => number;

export interface BootstrapOptions {
  /** Number of items (clips, queries, triplets). */
  readonly n: number;
  /** Default 0. The same seed and `n` draw the same resamples. */
  readonly seed?: number;
  /** Default 1000. */
  readonly nResamples?: number;
  /**
   * `[n]`: the number of each item's cluster. Clusters are drawn instead of items and bring all of theirs, as items
   * that hang together must be; a resample then has `n` items only where clusters are equally large. Default: each
   * item stands for itself.
   */
  readonly clusters?: ArrayLike<number> | undefined;
}

export interface Bootstrapped extends Resampled {
  /** On all items, each once. */
  readonly value: number;
}

/**
 * A statistic with its bootstrap 95 % interval (percentiles of resamples of the items, or of their clusters).
 * @throws MulanError `measures.empty`, `measures.undefined`, `measures.shape` (not a cluster for each item)
 */
export function bootstrap({
  n,
  seed = 0,
  nResamples = RESAMPLES,
  clusters,
  statistic,
}: BootstrapOptions & { readonly statistic: Statistic }): Bootstrapped {
  if (n === 0) throw new MulanError("measures.empty", "there are no items to resample");
  if (clusters) checkShape("clusters", clusters.length, n, "one for each item");
  const draw = clusters ? drawClusters(clusters, seed) : drawItems(n, seed);
  const samples = Float64Array.from({ length: nResamples }, () => statistic(draw()));
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

/** Each item as often as it was drawn; the list is the same at each call. */
function drawItems(n: number, seed: number): () => Uint32Array {
  const draw = resampler(n, seed);
  const counts = new Uint16Array(n);
  const items = new Uint32Array(n);
  return () => {
    draw(counts);
    let filled = 0;
    for (let item = 0; item < n; item++) {
      for (let times = counts[item]!; times > 0; times--) items[filled++] = item;
    }
    return items;
  };
}
