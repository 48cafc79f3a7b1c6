import { sampleIndices, seededRandom } from "../../embedding/projection/random.ts";
import { MulanError } from "../../foundation/errors.ts";

/**
 * Rows of a training set in which every label has `nPerLabel` drawn positives (all that it has, where it has
 * fewer), ascending and each once. A row drawn for one label keeps its other labels, so a label may end up
 * with more; what is positive for others serves as its negatives. Groups are drawn in place of rows, `nPerLabel` of
 * those that have a positive, each with all its rows: ten excerpts of one recording are not ten examples.
 * @param y `[n, nLabels]` of 0 and 1
 * @param groups `[n]`: the number of each row's group; left out, each row stands for itself
 * @throws MulanError `probe.shape`
 */
export function drawFewShot(
  y: Uint8Array,
  nLabels: number,
  nPerLabel: number,
  seed: number,
  groups?: ArrayLike<number>,
): Uint32Array {
  if (!(Number.isInteger(nPerLabel) && nPerLabel > 0) || y.length % nLabels !== 0) {
    throw new MulanError("probe.shape", "this is no draw of a few rows a label", {
      expected: "y [n, nLabels] and at least one row a label",
      got: `${y.length} truths in rows of ${nLabels}, ${nPerLabel} a label`,
    });
  }
  const random = seededRandom(seed);
  const groupOf = (row: number) => groups?.[row] ?? row;
  const drawn = new Set<number>();
  for (let label = 0; label < nLabels; label++) {
    const found = new Set<number>();
    for (let at = label; at < y.length; at += nLabels) {
      if (y[at] !== 0) found.add(groupOf((at - label) / nLabels));
    }
    const positives = [...found];
    const count = Math.min(nPerLabel, positives.length);
    for (const i of sampleIndices(positives.length, count, random)) drawn.add(positives[i]!);
  }
  const rows = Uint32Array.from({ length: y.length / nLabels }, (_, row) => row);
  return rows.filter((row) => drawn.has(groupOf(row)));
}
