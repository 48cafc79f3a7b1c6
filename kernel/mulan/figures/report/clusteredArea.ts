/** What one group adds to the area: of its positives how often above negatives, of its negatives how often below positives. */
interface Cluster {
  nPositive: number;
  nNegative: number;
  above: number;
  below: number;
}

/**
 * Standard error of the area under a ROC curve whose items hang together in groups (Obuchowski 1997): DeLong's where each
 * group is one item, and not a bit smaller where every item is there k times.
 * @param placements `[n]`: of a positive the share of negatives below it, of a negative the share of positives above it;
 * ties half
 * @param groups `[n]`: the number of each item's group
 * @returns NaN below two groups with positives or with negatives
 */
export function clusteredStandardError(
  placements: ArrayLike<number>,
  truth: ArrayLike<number>,
  groups: ArrayLike<number>,
  area: number,
): number {
  const clusters = new Map<number, Cluster>();
  for (let i = 0; i < truth.length; i++) {
    const group = groups[i]!;
    const cluster = clusters.get(group) ?? { nPositive: 0, nNegative: 0, above: 0, below: 0 };
    clusters.set(group, cluster);
    if (truth[i]) {
      cluster.nPositive++;
      cluster.above += placements[i]!;
    } else {
      cluster.nNegative++;
      cluster.below += placements[i]!;
    }
  }
  const all = [...clusters.values()];
  const count = (has: (cluster: Cluster) => boolean) => all.filter(has).length;
  const sum = (of: (cluster: Cluster) => number) =>
    all.reduce((total, cluster) => total + of(cluster), 0);
  const nPositive = sum((cluster) => cluster.nPositive);
  const nNegative = sum((cluster) => cluster.nNegative);
  const withPositives = count((cluster) => cluster.nPositive > 0);
  const withNegatives = count((cluster) => cluster.nNegative > 0);
  if (withPositives < 2 || withNegatives < 2) return Number.NaN;
  const above = (cluster: Cluster) => cluster.above - cluster.nPositive * area;
  const below = (cluster: Cluster) => cluster.below - cluster.nNegative * area;
  const unbiased = (n: number) => n / (n - 1);
  const variance =
    (unbiased(withPositives) * sum((cluster) => above(cluster) ** 2)) / nPositive ** 2 +
    (unbiased(withNegatives) * sum((cluster) => below(cluster) ** 2)) / nNegative ** 2 +
    (2 * unbiased(all.length) * sum((cluster) => above(cluster) * below(cluster))) /
      (nPositive * nNegative);
  return Math.sqrt(Math.max(0, variance));
}
