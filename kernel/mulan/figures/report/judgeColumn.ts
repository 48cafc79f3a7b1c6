import { clusteredStandardError } from "./clusteredArea.ts";
import type { CurvePoint } from "./curve.ts";
import { logitInterval } from "./logitInterval.ts";

/** What a label's ranking says. */
export interface JudgedColumn {
  /** Corners of the ROC curve from (0, 0) on; a group of equal scores is one step. */
  readonly points: readonly CurvePoint[];
  /** Of the area under the ROC curve, 95 %; null below two positives or negatives, and at 0 and 1. */
  readonly rocAucInterval: readonly [number, number] | null;
}

/**
 * The ROC curve of one label, and DeLong's interval of its area (DeLong 1988) on the logit scale, which stays inside
 * 0 and 1.
 * @param order places of the scores, best first
 * @param groups `[n]`: what items hang together by; the interval is then Obuchowski's, which heeds it
 */
export function judgeColumn(
  scores: ArrayLike<number>,
  truth: ArrayLike<number>,
  order: Uint32Array,
  groups?: readonly number[],
): JudgedColumn {
  let nPositive = 0;
  for (let i = 0; i < truth.length; i++) nPositive += truth[i]!;
  const nNegative = truth.length - nPositive;
  const points: CurvePoint[] = [{ nTrue: 0, nFalse: 0 }];
  // Sums and squares of DeLong's placements: of positives above negatives, and of negatives below positives.
  const above = { sum: 0, squares: 0 };
  const below = { sum: 0, squares: 0 };
  const placements = groups && new Float64Array(truth.length);
  let nTrue = 0;
  let nFalse = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tied = 0;
    const score = scores[order[from]!]!;
    while (to < order.length && scores[order[to]!] === score) tied += truth[order[to++]!]!;
    // NaN equals nothing: go on at least by one.
    if (to === from) tied += truth[order[to++]!]!;
    const tiedFalse = to - from - tied;
    const placed = (nNegative - nFalse - tiedFalse / 2) / nNegative;
    above.sum += tied * placed;
    above.squares += tied * placed * placed;
    const beaten = (nTrue + tied / 2) / nPositive;
    below.sum += tiedFalse * beaten;
    below.squares += tiedFalse * beaten * beaten;
    if (placements) {
      for (const i of order.subarray(from, to)) placements[i] = truth[i] ? placed : beaten;
    }
    nTrue += tied;
    nFalse += tiedFalse;
    addCorner(points, { nTrue, nFalse });
    from = to;
  }
  if (nPositive < 2 || nNegative < 2) return { points, rocAucInterval: null };
  const area = above.sum / nPositive;
  if (groups && placements) {
    const error = clusteredStandardError(placements, truth, groups, area);
    return { points, rocAucInterval: logitInterval(area, error) };
  }
  const spread = (n: number, { sum, squares }: typeof above): number =>
    Math.max(0, squares - (sum * sum) / n) / (n - 1) / n;
  const variance = spread(nPositive, above) + spread(nNegative, below);
  return { points, rocAucInterval: logitInterval(area, Math.sqrt(variance)) };
}

/** Of an average precision over `nPositive` positives, or groups that have one (Boyd, Eng and Page 2013); null at 0 and 1. */
export function averagePrecisionInterval(
  value: number,
  nPositive: number,
): readonly [number, number] | null {
  return logitInterval(value, Math.sqrt((value * (1 - value)) / nPositive));
}

/** A point on the line of the last two takes the last one's place. */
function addCorner(points: CurvePoint[], next: CurvePoint): void {
  const last = points.at(-1)!;
  const before = points.at(-2);
  const goesOn =
    before !== undefined &&
    (last.nTrue - before.nTrue) * (next.nFalse - last.nFalse) ===
      (next.nTrue - last.nTrue) * (last.nFalse - before.nFalse);
  if (goesOn) points.pop();
  points.push(next);
}
