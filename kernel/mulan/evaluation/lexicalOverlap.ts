/** A word's edges count as letters, so that "art" in "start" is not "art". */
const GRAM_LETTERS = 3;

/** What lexical overlap makes of a triplet of texts: 1 right, 0 wrong, 0.5 where it has to guess. */
export function lexicalVerdict(anchor: string, positive: string, negative: string): number {
  const of = countGrams(anchor);
  const difference = cosine(of, countGrams(positive)) - cosine(of, countGrams(negative));
  return difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
}

/**
 * How much two texts share in letters: cosine of their counts of character trigrams within words. 0 where they share
 * none; knows nothing of what words mean.
 */
export function lexicalOverlap(a: string, b: string): number {
  return cosine(countGrams(a), countGrams(b));
}

type Counts = ReadonlyMap<string, number>;

function countGrams(text: string): Counts {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    const letters = [..." ", ...word, " "];
    for (let i = 0; i + GRAM_LETTERS <= letters.length; i++) {
      const gram = letters.slice(i, i + GRAM_LETTERS).join("");
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}

function cosine(a: Counts, b: Counts): number {
  let products = 0;
  for (const [gram, count] of a) products += count * (b.get(gram) ?? 0);
  return products === 0 ? 0 : products / (norm(a) * norm(b));
}

function norm(counts: Counts): number {
  let squares = 0;
  for (const count of counts.values()) squares += count * count;
  return Math.sqrt(squares);
}
