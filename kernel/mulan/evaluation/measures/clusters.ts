import { resampler } from "./resample.ts";

/**
 * Draws as many clusters as there are, with replacement, each with all its items.
 * @param clusters `[n]`: the number of each item's cluster; any whole numbers
 * @returns the items of the next resample; the memory is the same at each call
 */
export function drawClusters(clusters: ArrayLike<number>, seed: number): () => Uint32Array {
  const members = membersOf(clusters);
  const draw = resampler(members.length, seed);
  const counts = new Uint16Array(members.length);
  const drawn = new Uint32Array(members.length * largest(members));
  return () => {
    draw(counts);
    let filled = 0;
    for (const [cluster, items] of members.entries()) {
      for (let times = counts[cluster]!; times > 0; times--) {
        drawn.set(items, filled);
        filled += items.length;
      }
    }
    return drawn.subarray(0, filled);
  };
}

/** How often each item was drawn, resample by resample. */
export interface CountedDraws {
  /** Fills `counts` `[n]` for the next resample. */
  readonly draw: (counts: Uint16Array) => void;
  /** The most items that one resample can hold. */
  readonly most: number;
}

/**
 * As `resampler` counts items, or as `drawClusters` draws whole clusters.
 * @param clusters `[n]`: the number of each item's cluster; undefined: each item stands for itself
 */
export function countDraws(
  n: number,
  seed: number,
  clusters: ArrayLike<number> | undefined,
): CountedDraws {
  if (!clusters) return { draw: resampler(n, seed), most: n };
  const members = membersOf(clusters);
  const draw = resampler(members.length, seed);
  const times = new Uint16Array(members.length);
  return {
    draw(counts) {
      draw(times);
      for (const [cluster, items] of members.entries()) {
        for (const item of items) counts[item] = times[cluster]!;
      }
    },
    most: members.length * largest(members),
  };
}

function largest(members: readonly (readonly number[])[]): number {
  return members.reduce((most, { length }) => Math.max(most, length), 0);
}

/** The items of each cluster, clusters in the order in which they first occur. */
function membersOf(clusters: ArrayLike<number>): number[][] {
  const members = new Map<number, number[]>();
  for (let item = 0; item < clusters.length; item++) {
    const cluster = clusters[item]!;
    const items = members.get(cluster) ?? [];
    items.push(item);
    members.set(cluster, items);
  }
  return [...members.values()];
}
