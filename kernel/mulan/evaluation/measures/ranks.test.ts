import { expect, test } from "vitest";
import { goldens } from "./goldens.testkit.ts";
import { meanReciprocalRank, medianRank, queryMeasures, ranksOf, recallAt } from "./ranks.ts";

const golden = goldens.retrieval;
const scores = Float32Array.from(golden.scores);

test("ranks, recalls and means are as torchmetrics measures them", () => {
  const ranks = ranksOf(scores, golden.relevant);
  expect([...ranks]).toEqual(golden.ranks);
  for (const [k, recall] of Object.entries(golden.recallAt)) {
    expect(recallAt(ranks, Number(k))).toBeCloseTo(recall, 6);
  }
  expect(meanReciprocalRank(ranks)).toBeCloseTo(golden.meanReciprocalRank, 6);
  expect(medianRank(ranks)).toBe(golden.medianRank);
});

test("each query's ROC-AUC and average precision are as torchmetrics measures them", () => {
  const measured = queryMeasures(scores, golden.relevant);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length;
  expect(mean(measured.map(({ rocAuc }) => rocAuc!))).toBeCloseTo(golden.meanRocAuc, 6);
  expect(mean(measured.map((one) => one.averagePrecision!))).toBeCloseTo(
    golden.meanAveragePrecision,
    6,
  );
});

test("a model that scores everything alike finds nothing first", () => {
  expect([...ranksOf(new Float32Array(4), [[2]])]).toEqual([4]);
  expect([...ranksOf(new Float32Array(4), [[2, 0]])]).toEqual([3]);
  expect([...ranksOf(Float32Array.of(0, 1, 1, 0), [[2, 2, 3]])]).toEqual([2]);
});

test("a NaN is refused with its row and column", () => {
  const odd = Float32Array.of(0, 1, 2, Number.NaN);
  for (const measure of [ranksOf, queryMeasures]) {
    expect(() => measure(odd, [[0], [0]])).toThrow("row 1, column 1");
  }
});

test("queries without relevant items, items that are not there and uneven rows are refused", () => {
  const two = Float32Array.of(0, 1);
  expect(() => ranksOf(two, [[]])).toThrow("query 0");
  expect(() => ranksOf(two, [[2]])).toThrow("0 to 1");
  expect(() => ranksOf(Float32Array.of(0, 1, 2), [[0], [0]])).toThrow(
    expect.objectContaining({ code: "measures.shape" }),
  );
  expect(() => ranksOf(two, [])).toThrow(expect.objectContaining({ code: "measures.shape" }));
  expect(() => medianRank([])).toThrow(expect.objectContaining({ code: "measures.empty" }));
});
