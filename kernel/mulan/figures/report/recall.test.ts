import { expect, test } from "vitest";
import { chanceOfHit, rankBins, recallSteps } from "./recall.ts";

test("chance of a hit is that of drawing without putting back", () => {
  // 2 relevant among 5: 1 − C(3, k) / C(5, k).
  const chance = chanceOfHit([2], 5);
  expect([...chance].map((value) => value.toFixed(2))).toEqual([
    "0.00",
    "0.40",
    "0.70",
    "0.90",
    "1.00",
    "1.00",
  ]);
  expect(chanceOfHit([1, 2], 4)[1]).toBeCloseTo((1 / 4 + 2 / 4) / 2, 12);
});

test("steps of the recall curve end at the last item", () => {
  expect(recallSteps(12)).toEqual([1, 2, 3, 5, 7, 10, 12]);
  expect(recallSteps(1)).toEqual([1]);
  expect(recallSteps(100_000).length).toBeLessThan(40);
});

test("bins of ranks double", () => {
  expect(rankBins([1, 1, 2, 3, 4, 9])).toEqual([
    { from: 1, to: 1, n: 2 },
    { from: 2, to: 3, n: 2 },
    { from: 4, to: 7, n: 1 },
    { from: 8, to: 15, n: 1 },
  ]);
});
