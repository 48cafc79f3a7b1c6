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
  const most = Math.max(...members.map((items) => items.length));
  const drawn = new Uint32Array(members.length * most);
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
