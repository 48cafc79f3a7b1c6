/** Labels of clip `row`, best first; equal scores keep the order of the labels. */
export function rankLabels(
  scores: Float32Array,
  row: number,
  nLabels: number,
): { readonly index: number; readonly score: number }[] {
  return Array.from({ length: nLabels }, (_, index) => ({
    index,
    score: scores[row * nLabels + index]!,
  })).sort((a, b) => b.score - a.score || a.index - b.index);
}
