import { describe, expect, test } from "vitest";
import { randomNumbers } from "../figures.testkit.ts";
import { type CurvePoint, decodeCurve, encodeCurve, precisionCurve } from "./curve.ts";
import { averagePrecisionInterval, judgeColumn } from "./judgeColumn.ts";
import { rankScores } from "./rankScores.ts";
import { reduceCurve } from "./reduceCurve.ts";

function columnOf(n: number, prevalence: number, lift: number, seed = 3) {
  const random = randomNumbers(seed);
  const truth = Uint8Array.from({ length: n }, () => (random() < prevalence ? 1 : 0));
  const scores = Float32Array.from(truth, (positive) => random() + lift * positive);
  return { truth, scores, order: rankScores(scores) };
}

/** By trapezoids. */
function areaUnder(points: readonly CurvePoint[]): number {
  const end = points.at(-1)!;
  let area = 0;
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (!before) return;
    area += ((point.nFalse - before.nFalse) * (point.nTrue + before.nTrue)) / 2;
  });
  return area / (end.nTrue * end.nFalse);
}

/** Pairs that stand right, ties as halves. */
function areaByPairs(scores: Float32Array, truth: Uint8Array): number {
  let right = 0;
  let pairs = 0;
  scores.forEach((a, i) => {
    scores.forEach((b, k) => {
      if (!truth[i] || truth[k]) return;
      pairs++;
      right += a > b ? 1 : a === b ? 0.5 : 0;
    });
  });
  return right / pairs;
}

test("ranks by score, equal ones in their order, negative ones and −0 where they belong", () => {
  const scores = Float32Array.of(0.1, -0.5, 0.1, 3, -0, 0, -7, Number.NaN);
  expect([...rankScores(scores)]).toEqual([3, 0, 2, 4, 5, 1, 6, 7]);
});

test("the curve's area is the share of pairs that stand right, ties as halves", () => {
  for (const [n, steps] of [
    [200, 0],
    [200, 8],
  ] as const) {
    const { truth, scores } = columnOf(n, 0.2, 0.3);
    const tied = steps ? scores.map((value) => Math.round(value * steps)) : scores;
    const { points } = judgeColumn(tied, truth, rankScores(tied));
    expect(areaUnder(points)).toBeCloseTo(areaByPairs(tied, truth), 10);
  }
});

test("an interval holds the true area in about 95 of 100 samples", () => {
  // Uniform scores, positives lifted by 0.4: P(x + 0.4 > y) = 1 − 0.6² / 2.
  const area = 1 - 0.36 / 2;
  let held = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const { truth, scores, order } = columnOf(150, 0.25, 0.4, seed * 7919);
    const [low, high] = judgeColumn(scores, truth, order).rocAucInterval!;
    if (low <= area && area <= high) held++;
  }
  expect(held / 400).toBeGreaterThan(0.91);
  expect(held / 400).toBeLessThan(0.985);
});

test("there is no interval for one positive, nor at an area of 1", () => {
  const alone = Uint8Array.of(1, 0, 0, 0);
  const scores = Float32Array.of(0.4, 0.3, 0.5, 0.1);
  expect(judgeColumn(scores, alone, rankScores(scores)).rocAucInterval).toBeNull();
  const perfect = Float32Array.of(4, 3, 2, 1);
  const halves = Uint8Array.of(1, 1, 0, 0);
  expect(judgeColumn(perfect, halves, rankScores(perfect)).rocAucInterval).toBeNull();
  expect(averagePrecisionInterval(1, 4)).toBeNull();
  const [low, high] = averagePrecisionInterval(0.5, 25)!;
  expect([low, high].map((end) => end.toFixed(3))).toEqual(["0.313", "0.687"]);
});

describe("a curve of 20,000 items", () => {
  const { truth, scores, order } = columnOf(20_000, 0.1, 0.25);
  const { points } = judgeColumn(scores, truth, order);
  const end = points.at(-1)!;
  const reduced = reduceCurve(points, 100);

  test("keeps at most 100 points, both ends, and its area within 0.002", () => {
    expect(points.length).toBeGreaterThan(1000);
    expect(reduced.length).toBeLessThanOrEqual(100);
    expect(reduced[0]).toEqual({ nTrue: 0, nFalse: 0 });
    expect(reduced.at(-1)).toEqual(end);
    expect(areaUnder(reduced)).toBeCloseTo(areaUnder(points), 2);
    expect(Math.abs(areaUnder(reduced) - areaUnder(points))).toBeLessThan(0.002);
  });

  test("comes back from its bytes with exact counts", () => {
    const text = encodeCurve(reduced, end.nTrue, end.nFalse);
    expect(text.length).toBeLessThan(560);
    expect(decodeCurve(text, end.nTrue, end.nFalse)).toEqual(reduced);
  });

  test("gives a PR curve from the best clip to the prevalence", () => {
    const curve = precisionCurve(reduced, end.nTrue);
    expect(curve.at(-1)!.recall).toBe(1);
    expect(curve.at(-1)!.precision).toBeCloseTo(end.nTrue / 20_000, 6);
    expect(curve.every(({ precision }) => precision >= 0 && precision <= 1)).toBe(true);
    const recalls = curve.map(({ recall }) => recall);
    expect(recalls).toEqual([...recalls].sort((a, b) => a - b));
  });
});

test("between two points the counts run straight, so that precision is bent", () => {
  const curve = precisionCurve(
    [
      { nTrue: 0, nFalse: 0 },
      { nTrue: 1, nFalse: 0 },
      { nTrue: 3, nFalse: 8 },
    ],
    3,
  );
  const middle = curve.find(({ recall }) => Math.abs(recall - 2 / 3) < 1e-9)!;
  expect(middle.precision).toBeCloseTo(2 / 6, 9);
});
