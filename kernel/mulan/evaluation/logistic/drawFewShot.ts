import { sampleIndices, seededRandom } from "../../embedding/projection/random.ts";
import { MulanError } from "../../foundation/errors.ts";

/**
 * Rows of a training set in which every label has `nPerLabel` drawn positives (all that it has, where it has
 * fewer), ascending and each once. A row drawn for one label keeps its other labels, so a label may end up
 * with more; what is positive for others serves as its negatives.
 * @param y `[n, nLabels]` of 0 and 1
 * @throws MulanError `probe.shape`
 */
export function drawFewShot(
  y: Uint8Array,
  nLabels: number,
  nPerLabel: number,
  seed: number,
): Uint32Array {
  if (!(Number.isInteger(nPerLabel) && nPerLabel > 0) || y.length % nLabels !== 0) {
    throw new MulanError("probe.shape", "this is no draw of a few rows a label", {
      expected: "y [n, nLabels] and at least one row a label",
      got: `${y.length} truths in rows of ${nLabels}, ${nPerLabel} a label`,
    });
  }
  const random = seededRandom(seed);
  const drawn = new Set<number>();
  for (let label = 0; label < nLabels; label++) {
    const positives: number[] = [];
    for (let at = label; at < y.length; at += nLabels) {
      if (y[at] !== 0) positives.push((at - label) / nLabels);
    }
    const count = Math.min(nPerLabel, positives.length);
    for (const i of sampleIndices(positives.length, count, random)) drawn.add(positives[i]!);
  }
  return Uint32Array.from(drawn).sort();
}
