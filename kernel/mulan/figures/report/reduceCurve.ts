import type { CurvePoint } from "./curve.ts";

/**
 * At most `most` of the points, both ends among them: half of them in even steps along the ROC curve, half along the
 * PR curve, whose detail lies at the very top of the ranking.
 */
export function reduceCurve(points: readonly CurvePoint[], most: number): CurvePoint[] {
  if (points.length <= most) return [...points];
  const end = points.at(-1)!;
  const kept = new Set([0, points.length - 1]);
  const half = (most - 2) / 2;
  const roc = ({ nTrue, nFalse }: CurvePoint): [number, number] => [
    nTrue / end.nTrue,
    nFalse / end.nFalse,
  ];
  const pr = ({ nTrue, nFalse }: CurvePoint): [number, number] => [
    nTrue / end.nTrue,
    nTrue + nFalse > 0 ? nTrue / (nTrue + nFalse) : 1,
  ];
  for (const place of [roc, pr]) {
    const lengths = alongPath(points, place);
    const total = lengths.at(-1)!;
    let step = 1;
    for (const [i, length] of lengths.entries()) {
      if (length < (step * total) / (half + 1)) continue;
      kept.add(i);
      while (step <= half && length >= (step * total) / (half + 1)) step++;
      if (step > half) break;
    }
  }
  return [...kept].sort((a, b) => a - b).map((i) => points[i]!);
}

function alongPath(
  points: readonly CurvePoint[],
  place: (point: CurvePoint) => [number, number],
): number[] {
  let length = 0;
  return points.map((point, i) => {
    if (i > 0) {
      const [x0, y0] = place(points[i - 1]!);
      const [x1, y1] = place(point);
      length += Math.abs(x1 - x0) + Math.abs(y1 - y0);
    }
    return length;
  });
}
