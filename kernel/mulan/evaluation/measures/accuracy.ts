import { MulanError } from "../../foundation/errors.ts";
import { checkShape } from "./scores.ts";

/**
 * The share of items whose predicted class is the true one.
 * @param predicted `[n]` class indices or names
 * @param truth `[n]`, in the same terms
 * @throws MulanError `measures.shape`, `measures.empty`
 */
export function accuracy<T extends number | string>(
  predicted: ArrayLike<T>,
  truth: ArrayLike<T>,
): number {
  checkShape("predictions", predicted.length, truth.length, "one for each item");
  checkSome(truth.length);
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (predicted[i] === truth[i]) right++;
  return right / truth.length;
}

export interface TripletMeasures {
  readonly n: number;
  /** Share of triplets whose anchor is nearer to its positive; a tie is wrong. */
  readonly accuracy: number;
  readonly nTies: number;
  /** `[n]`: cosine to the positive minus cosine to the negative. */
  readonly margins: Float32Array;
  readonly meanMargin: number;
}

/**
 * Accuracy and margins of triplets. Guessing gives an accuracy of 0.5.
 * @param cosinePositive `[n]` cosine of each anchor and its positive
 * @param cosineNegative `[n]` cosine of each anchor and its negative
 * @throws MulanError `measures.nan`, `measures.shape`, `measures.empty`
 */
export function tripletMeasures(
  cosinePositive: ArrayLike<number>,
  cosineNegative: ArrayLike<number>,
): TripletMeasures {
  const n = cosinePositive.length;
  checkShape("cosines to negatives", cosineNegative.length, n, "one for each positive");
  checkSome(n);
  const margins = Float32Array.from(cosinePositive, (cosine, i) => cosine - cosineNegative[i]!);
  const odd = margins.findIndex((margin) => !Number.isFinite(margin));
  if (odd >= 0) {
    throw new MulanError("measures.nan", `triplet ${odd} has a cosine that is not a number`, {
      got: `${cosinePositive[odd]} and ${cosineNegative[odd]}`,
    });
  }
  return {
    n,
    accuracy: margins.filter((margin) => margin > 0).length / n,
    nTies: margins.filter((margin) => margin === 0).length,
    margins,
    meanMargin: margins.reduce((sum, margin) => sum + margin, 0) / n,
  };
}

function checkSome(n: number): void {
  if (n > 0) return;
  throw new MulanError("measures.empty", "there is nothing to count", {
    expected: "at least one item",
  });
}
