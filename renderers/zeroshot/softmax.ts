/** softmax(cosine / τ) over the labels of each clip, `[clips, labels]`; each clip's shares add up to 1. */
export function softmaxShares(
  scores: Float32Array,
  nLabels: number,
  temperature: number,
): Float32Array {
  const shares = new Float32Array(scores.length);
  for (let from = 0; from < scores.length; from += nLabels) {
    const row = scores.subarray(from, from + nLabels);
    // Taking the largest away first keeps exp() finite at any temperature.
    const most = row.reduce((max, score) => Math.max(max, score), -1);
    const weights = Array.from(row, (score) => Math.exp((score - most) / temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    shares.set(
      weights.map((weight) => weight / total),
      from,
    );
  }
  return shares;
}
