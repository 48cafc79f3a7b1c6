/** What a random order of `nItems` gives a query that `nRelevant` of them answer, as expectations. */
export interface RankChance {
  /** Of the first relevant one being among the best k. */
  recallAt(k: number): number;
  readonly reciprocalRank: number;
  /** Above the share of relevant items: the first places are few (Bestgen 2015). */
  readonly averagePrecision: number;
}

export function rankChance(nItems: number, nRelevant: number): RankChance {
  return {
    recallAt: (k) => 1 - noneAmong(Math.min(k, nItems), nItems, nRelevant),
    reciprocalRank: expectedReciprocal(nItems, nRelevant),
    averagePrecision: expectedPrecision(nItems, nRelevant),
  };
}

/** That no relevant one is among the first k: drawn without putting back. */
function noneAmong(k: number, nItems: number, nRelevant: number): number {
  let none = 1;
  for (let i = 0; i < k; i++) none *= Math.max(0, nItems - nRelevant - i) / (nItems - i);
  return none;
}

function expectedReciprocal(nItems: number, nRelevant: number): number {
  let none = 1;
  let sum = 0;
  for (let rank = 1; rank <= nItems && none > 0; rank++) {
    const left = nItems - rank + 1;
    const here = Math.min(1, nRelevant / left);
    sum += (none * here) / rank;
    none *= 1 - here;
  }
  return sum;
}

function expectedPrecision(nItems: number, nRelevant: number): number {
  if (nItems === 1) return 1;
  let harmonic = 0;
  for (let rank = 1; rank <= nItems; rank++) harmonic += 1 / rank;
  const others = (nRelevant - 1) / (nItems - 1);
  return (others * (nItems - harmonic) + harmonic) / nItems;
}
