import { expect, test } from "vitest";
import { seededRandom } from "../../embedding/projection/random.ts";
import { rocAuc } from "../../evaluation/measures/binary.ts";
import { bootstrap } from "../../evaluation/measures/bootstrap.ts";
import type { TaggingFigure } from "../contractReport.ts";
import { reportFigure } from "./figure.ts";
import { judgeColumn } from "./judgeColumn.ts";
import { rankScores } from "./rankScores.ts";
import { taggingReport } from "./report.testkit.ts";

const random = seededRandom(4);
/** Groups of two positives and two negatives; what a group shares moves the scores of all of them. */
const groups = Array.from({ length: 600 }, (_, i) => Math.floor(i / 4));
const shift = groups.map(() => random());
const truth = Uint8Array.from(groups, (_, i) => i % 2);
const scores = Float32Array.from(
  groups,
  (group, i) => random() + 1.5 * shift[group]! + 0.5 * truth[i]!,
);
const intervalOf = (s: Float32Array, t: Uint8Array, g?: readonly number[]) =>
  judgeColumn(s, t, rankScores(s), g).rocAucInterval!;

test("a group each gives DeLong's interval", () => {
  const alone = groups.map((_, i) => i);
  const [low, high] = intervalOf(scores, truth);
  expect(intervalOf(scores, truth, alone)[0]).toBeCloseTo(low, 12);
  expect(intervalOf(scores, truth, alone)[1]).toBeCloseTo(high, 12);
});

test("copies of every item in its group leave the interval as it is", () => {
  const three = <T>(values: Iterable<T>) => [...values].flatMap((value) => [value, value, value]);
  const [low, high] = intervalOf(scores, truth, groups);
  const copies = intervalOf(
    Float32Array.from(three(scores)),
    Uint8Array.from(three(truth)),
    three(groups),
  );
  expect(copies[0]).toBeCloseTo(low, 12);
  expect(copies[1]).toBeCloseTo(high, 12);
});

test("groups of positives and negatives have the interval that resampling them has", () => {
  const statistic = (items: Uint32Array) =>
    rocAuc(
      Array.from(items, (i) => scores[i]!),
      Array.from(items, (i) => truth[i]!),
    )!;
  const drawn = bootstrap({ n: groups.length, clusters: groups, seed: 1, statistic });
  const width = ([low, high]: readonly [number, number]) => high - low;
  const own = width(intervalOf(scores, truth, groups));
  expect(Math.abs(own / width(drawn.interval) - 1)).toBeLessThan(0.1);
  // What a group moves up on both sides cancels out: here items alone would seem to know less.
  expect(width(intervalOf(scores, truth)) / own).toBeGreaterThan(1.15);
});

test("a report's labels have wider whiskers where its clips come in groups", () => {
  const report = taggingReport();
  const inPairs = {
    ...report,
    items: report.items.map((item, i) => ({ ...item, group: `recording ${i >> 1}` })),
  };
  const [own, paired] = [report, inPairs].map((each) => reportFigure(each, {}) as TaggingFigure);
  const { averagePrecisionInterval: alone } = own!.labels[0]!;
  const { averagePrecisionInterval: grouped } = paired!.labels[0]!;
  expect(grouped![0]).toBeLessThan(alone![0]);
  expect(grouped![1]).toBeGreaterThan(alone![1]);
  expect(paired!.labels[0]!.rocAucInterval).not.toEqual(own!.labels[0]!.rocAucInterval);
});
