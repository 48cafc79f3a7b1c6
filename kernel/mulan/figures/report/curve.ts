// ROC and precision–recall curve of a label in one list of points: how many positives and how many negatives stand
// above a threshold. Runs in Node and in a renderer alike.
import { decodeBase64, encodeBase64 } from "../payload.ts";

/** Right and wrong ones above a threshold. */
export interface CurvePoint {
  readonly nTrue: number;
  readonly nFalse: number;
}

const full = 65_535;
/** Between two points of the drawn PR curve. */
const stepsBetween = 4;

/** uint16 shares of the positives and of the negatives, interleaved. */
export function encodeCurve(
  points: readonly CurvePoint[],
  nPositive: number,
  nNegative: number,
): string {
  const bytes = new Uint8Array(points.length * 4);
  points.forEach(({ nTrue, nFalse }, i) => {
    const values = [nTrue / nPositive, nFalse / nNegative].map((share) => Math.round(share * full));
    values.forEach((value, k) => {
      bytes[4 * i + 2 * k] = value & 0xff;
      bytes[4 * i + 2 * k + 1] = value >> 8;
    });
  });
  return encodeBase64(bytes);
}

/** From (0, 0) to all of both; counts are exact below 65,536 items. */
export function decodeCurve(curve: string, nPositive: number, nNegative: number): CurvePoint[] {
  const bytes = decodeBase64(curve);
  const share = (at: number): number => (bytes[at]! | (bytes[at + 1]! << 8)) / full;
  return Array.from({ length: bytes.length >> 2 }, (_, i) => ({
    nTrue: Math.round(share(4 * i) * nPositive),
    nFalse: Math.round(share(4 * i + 2) * nNegative),
  }));
}

/**
 * The PR curve through the points. Between two of them the counts, not the precisions, run straight (Davis and
 * Goadrich 2006): precision is bent there.
 */
export function precisionCurve(
  points: readonly CurvePoint[],
  nPositive: number,
): { readonly recall: number; readonly precision: number }[] {
  const curve: { recall: number; precision: number }[] = [];
  const add = (nTrue: number, nFalse: number): void => {
    if (nTrue + nFalse === 0) return;
    curve.push({ recall: nTrue / nPositive, precision: nTrue / (nTrue + nFalse) });
  };
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (!before) return;
    const bent = before.nTrue !== point.nTrue && before.nFalse + before.nTrue > 0;
    const steps = bent ? stepsBetween : 1;
    for (let step = 1; step <= steps; step++) {
      const part = step / steps;
      add(
        before.nTrue + part * (point.nTrue - before.nTrue),
        before.nFalse + part * (point.nFalse - before.nFalse),
      );
    }
  });
  const [first] = curve;
  return first ? [{ recall: 0, precision: first.precision }, ...curve] : [];
}
