/** Places at which the curve of recall is drawn: 1, 2, 3, 5, 7, 10, … up to all items. */
export function recallSteps(nItems: number): number[] {
  const steps: number[] = [];
  for (let power = 1; power <= nItems; power *= 10) {
    for (const factor of [1, 1.5, 2, 3, 5, 7]) {
      const k = Math.round(factor * power);
      if (k <= nItems && k !== steps.at(-1)) steps.push(k);
    }
  }
  if (nItems > 0 && steps.at(-1) !== nItems) steps.push(nItems);
  return steps;
}

/**
 * The mean share of queries with a hit among the first k when items stand in any order, by k from 0 to `nItems`:
 * 1 − C(n − r, k) / C(n, k) for r relevant ones (hypergeometric).
 */
export function chanceOfHit(nRelevant: readonly number[], nItems: number): Float64Array {
  const counts = new Map<number, number>();
  for (const r of nRelevant) counts.set(r, (counts.get(r) ?? 0) + 1);
  const chance = new Float64Array(nItems + 1);
  for (const [r, count] of counts) {
    let missed = 1;
    for (let k = 1; k <= nItems; k++) {
      missed *= Math.max(0, nItems - r - k + 1) / (nItems - k + 1);
      chance[k] = chance[k]! + (count / nRelevant.length) * (1 - missed);
    }
  }
  return chance;
}

/** Ranks counted in bins that double: 1, 2–3, 4–7, 8–15, … */
export function rankBins(ranks: readonly number[]): { from: number; to: number; n: number }[] {
  const highest = ranks.reduce((most, rank) => Math.max(most, rank), 0);
  const bins: { from: number; to: number; n: number }[] = [];
  for (let from = 1; from <= highest; from *= 2) bins.push({ from, to: 2 * from - 1, n: 0 });
  for (const rank of ranks) {
    const bin = bins[Math.floor(Math.log2(rank))];
    if (bin) bin.n++;
  }
  return bins;
}
