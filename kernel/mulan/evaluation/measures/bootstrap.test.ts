import { describe, expect, test } from "vitest";
import { averagePrecision, rocAuc } from "./binary.ts";
import { bootstrap, pairedBootstrap } from "./bootstrap.ts";
import { bootstrapLabels } from "./bootstrapLabels.ts";
import { goldens } from "./goldens.testkit.ts";
import { rankLabel } from "./rankedLabel.ts";
import { asResampled, centredOn, pairedDifference } from "./resample.ts";
import { measureResampled, packing } from "./resampleLabel.ts";
import { columnKeys } from "./scores.ts";

const { nLabels, ...matrix } = goldens.labels;
const scores = Float32Array.from(matrix.scores);
const truth = Uint8Array.from(matrix.truth);
const n = scores.length / nLabels;

test("percentiles are numpy's", () => {
  const { values, interval } = goldens.percentiles;
  const got = asResampled(Float64Array.of(...values, Number.NaN)).interval;
  expect(got[0]).toBeCloseTo(interval[0], 12);
  expect(got[1]).toBeCloseTo(interval[1], 12);
});

test.each(goldens.binary)("$name: drawn items weigh as scikit-learn's sample_weight", (golden) => {
  const ranked = rankLabel(
    columnKeys(Float32Array.from(golden.scores)),
    Uint8Array.from(golden.truth),
  );
  for (const nItems of [golden.scores.length, 2 ** 18, 2 ** 30]) {
    const { base, atOnce } = packing(nItems);
    // Each resample of a pack draws the same; each must come out the same.
    const packed = Float64Array.from(golden.weights, (weight) => {
      let sum = 0;
      for (let r = 0; r < atOnce; r++) sum = sum * base + weight;
      return sum;
    });
    const got = measureResampled(ranked, { packed, base, nResamples: atOnce });
    for (let r = 0; r < atOnce; r++) {
      expect(got.rocAuc[r]).toBeCloseTo(golden.rocAucWeighted, 12);
      expect(got.averagePrecision[r]).toBeCloseTo(golden.averagePrecisionWeighted, 12);
    }
  }
});

test("resampling sorted labels gives what sorting every resample anew gives", async () => {
  const options = { n, seed: 7, nResamples: 40 };
  const naive = (measure: typeof rocAuc) => (items: Uint32Array) => {
    const values = Array.from({ length: nLabels }, (_, label) => {
      const at = Array.from(items, (item) => item * nLabels + label);
      const labels = at.map((i) => truth[i]!);
      if (!labels.includes(0)) return null;
      return measure(
        at.map((i) => scores[i]!),
        labels,
      );
    }).filter((value) => value !== null);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const { macro } = await bootstrapLabels(scores, truth, nLabels, options);
  expectAlike(macro.rocAuc.samples, bootstrap({ ...options, statistic: naive(rocAuc) }).samples);
  const precision = bootstrap({ ...options, statistic: naive(averagePrecision) });
  expectAlike(
    macro.averagePrecision.samples,
    centredOn(precision.value, precision.samples).samples,
  );
});

test("micro resamples items, not pairs", async () => {
  const options = { n, seed: 3, nResamples: 20 };
  const { micro } = await bootstrapLabels(scores, truth, nLabels, options);
  const statistic = (items: Uint32Array) => {
    const at = Array.from(items, (item) =>
      Array.from({ length: nLabels }, (_, label) => item * nLabels + label),
    ).flat();
    return rocAuc(
      at.map((i) => scores[i]!),
      at.map((i) => truth[i]!),
    )!;
  };
  expectAlike(micro.rocAuc.samples, bootstrap({ ...options, statistic }).samples);
});

describe("average precision, whose resamples lean upwards", () => {
  const { leaning } = goldens;

  test("has its interval around the figure, as numpy has it", async () => {
    const [few, marks] = [Float32Array.from(leaning.scores), Uint8Array.from(leaning.truth)];
    const options = { nResamples: 20_000 };
    const { macro } = await bootstrapLabels(few, marks, leaning.nLabels, options);
    const { interval, samples } = macro.averagePrecision;
    for (const side of [0, 1]) {
      // 20,000 resamples know a percentile to about this; not moved, both ends lie 0.08 higher.
      expect(Math.abs(interval[side]! - leaning.interval[side]!)).toBeLessThan(0.015);
      expect(leaning.percentiles[side]! - leaning.interval[side]!).toBeGreaterThan(0.08);
    }
    // Now and then every positive is left out.
    const defined = samples.filter((sample) => !Number.isNaN(sample));
    const mean = defined.reduce((sum, sample) => sum + sample, 0) / defined.length;
    expect(mean).toBeCloseTo(leaning.value, 6);
  });

  test("stays between 0 and 1 and holds its figure, even where every resample lies above it", () => {
    const above = Float64Array.from({ length: 1000 }, (_, i) => 0.091 + 0.069 * (i / 999));
    const [low, high] = centredOn(0.08, above).interval;
    expect(low).toBeCloseTo(0.08 - 0.0345 * 0.95, 6);
    expect(high).toBeCloseTo(0.08 + 0.0345 * 0.95, 6);
    expect(centredOn(0.01, above).interval[0]).toBe(0);
    expect(centredOn(0.99, above).interval[1]).toBe(1);
    const lopsided = Float64Array.from({ length: 1000 }, (_, i) => (i < 10 ? 0 : 0.5));
    const around = centredOn(0.4, lopsided).interval;
    expect(around[0]).toBeLessThanOrEqual(0.4);
    expect(around[1]).toBeGreaterThanOrEqual(0.4);
    expect(centredOn(1, Float64Array.of(1, Number.NaN, 1)).interval).toEqual([1, 1]);
    expect(() => centredOn(0, Float64Array.of(Number.NaN))).toThrow(
      expect.objectContaining({ code: "measures.undefined" }),
    );
  });
});

test("the interval of a mean is as wide as its standard error says", () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => i % 2);
  const statistic = (items: Uint32Array) => items.reduce((sum, i) => sum + values[i]!, 0) / 400;
  const { value, interval } = bootstrap({ n: 400, seed: 1, statistic });
  expect(value).toBe(0.5);
  const width = 2 * 1.96 * (0.5 / Math.sqrt(400));
  expect(Math.abs(interval[1] - interval[0] - width) / width).toBeLessThan(0.1);
  expect(bootstrap({ n: 400, seed: 1, statistic }).interval).toEqual(interval);
  expect(bootstrap({ n: 400, seed: 2, statistic }).interval).not.toEqual(interval);
});

describe("items that hang together", () => {
  const { ofItems, a, b, interval, differenceInterval } = goldens.clusters;
  const share = (verdicts: readonly number[]) => (items: Uint32Array) =>
    items.reduce((sum, item) => sum + verdicts[item]!, 0) / items.length;
  const options = { n: a.length, nResamples: 20_000 };
  /** 20,000 resamples know a percentile to about this. */
  const near = (got: readonly [number, number], wanted: readonly [number, number]) => {
    for (const side of [0, 1]) expect(Math.abs(got[side]! - wanted[side]!)).toBeLessThan(0.004);
  };

  test("are drawn by cluster as numpy draws them, single and paired", () => {
    const clustered = { ...options, clusters: ofItems };
    near(bootstrap({ ...clustered, statistic: share(a) }).interval, interval);
    near(pairedBootstrap({ ...clustered, a: share(a), b: share(b) }).interval, differenceInterval);
  });

  test("have wider intervals than items that do not", () => {
    const [low, high] = bootstrap({ ...options, statistic: share(a) }).interval;
    expect((interval[1] - interval[0]) / (high - low)).toBeGreaterThan(1.3);
  });

  test("come whole, however the clusters are numbered; a cluster each is drawn as items are", () => {
    const clusters = [7, 0, 7, 7];
    const statistic = (items: Uint32Array) => {
      const times = clusters.map((_, item) => items.filter((drawn) => drawn === item).length);
      expect(times[2]).toBe(times[0]);
      expect(times[3]).toBe(times[0]);
      expect(times[0]! + times[1]!).toBeGreaterThanOrEqual(1);
      return items.length;
    };
    const { samples, value } = bootstrap({ n: 4, nResamples: 50, clusters, statistic });
    expect(value).toBe(4);
    expect(new Set(samples)).toEqual(new Set([2, 4, 6]));
    const single = { n: 30, nResamples: 20, statistic: share(a) };
    const apart = Array.from({ length: 30 }, (_, i) => 100 - i);
    expect(bootstrap({ ...single, clusters: apart })).toEqual(bootstrap(single));
    expect(() => bootstrap({ ...single, clusters })).toThrow("clusters");
  });
});

test("a constant lead is certain, however uncertain each figure is", async () => {
  const a = (items: Uint32Array) => items.reduce((sum, i) => sum + (i % 7), 0) / items.length;
  const b = (items: Uint32Array) => a(items) + 0.01;
  const { difference, interval } = pairedBootstrap({ n: 50, a, b });
  for (const value of [difference, ...interval]) expect(value).toBeCloseTo(0.01, 12);

  const { macro } = await bootstrapLabels(scores, truth, nLabels);
  const same = { value: 0.6, resampled: macro.rocAuc };
  expect(pairedDifference(same, same)).toEqual({ difference: 0, interval: [0, 0] });
});

test("a statistic that is never defined, no items and unlike resamples are refused", async () => {
  const never = { n: 3, statistic: () => Number.NaN };
  expect(() => bootstrap(never)).toThrow(expect.objectContaining({ code: "measures.undefined" }));
  expect(() => bootstrap({ ...never, n: 0 })).toThrow("no items");
  const few = { value: 0, resampled: asResampled(Float64Array.of(1, 2)) };
  const many = { value: 0, resampled: asResampled(Float64Array.of(1, 2, 3)) };
  expect(() => pairedDifference(few, many)).toThrow("2 resamples");
  await expect(
    bootstrapLabels(Float32Array.of(1, 2), Uint8Array.of(0, 0), 1),
  ).rejects.toMatchObject({ code: "measures.undefined" });
});

test("resampling stops when its signal aborts", async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error("enough"));
  const { signal } = controller;
  const many = { signal, onProgress, nResamples: 10_000_000 };
  await expect(bootstrapLabels(scores, truth, nLabels, many)).rejects.toThrow("enough");
});

function expectAlike(got: Float64Array, wanted: Float64Array): void {
  const errors = got.map((value, i) => Math.abs(value - wanted[i]!));
  expect(Math.max(...errors)).toBeLessThan(1e-12);
}
