import { expect, test } from "vitest";
import { goldens } from "./goldens.testkit.ts";
import { labelMeasures } from "./labelMeasures.ts";

const { nLabels, ...golden } = goldens.labels;
const scores = Float32Array.from(golden.scores);
const truth = Uint8Array.from(golden.truth);

test("labels, macro and micro are as torchmetrics and scikit-learn measure them", () => {
  const summary = labelMeasures(scores, truth, nLabels);
  for (const [i, label] of summary.perLabel.entries()) {
    expectNear(label.rocAuc, golden.rocAuc[i]!);
    expectNear(label.averagePrecision, golden.averagePrecision[i]!);
  }
  expect(summary.macro.rocAuc).toBeCloseTo(golden.macroRocAuc, 12);
  expect(summary.macro.averagePrecision).toBeCloseTo(golden.macroAveragePrecision, 12);
  expect(summary.micro.rocAuc).toBeCloseTo(golden.microRocAuc, 12);
  expect(summary.micro.averagePrecision).toBeCloseTo(golden.microAveragePrecision, 12);
});

test("labels without positives or without negatives are left out of the means and counted", () => {
  const summary = labelMeasures(scores, truth, nLabels);
  expect(summary.nLeftOut).toBe(2);
  expect(summary.nLabels).toBe(nLabels - 2);
  expect(summary.perLabel[3]).toEqual({ nPositive: 0, rocAuc: null, averagePrecision: null });
  expect(summary.perLabel[4]).toMatchObject({ nPositive: scores.length / nLabels, rocAuc: null });
  const none = labelMeasures(Float32Array.of(1, 2), Uint8Array.of(0, 0), 1);
  expect(none.macro).toEqual({ rocAuc: null, averagePrecision: null });
});

test("a score that is no number is refused with its row and column", () => {
  const odd = scores.slice();
  odd[3 * nLabels + 5] = Number.NaN;
  expect(() => labelMeasures(odd, truth, nLabels)).toThrow(
    expect.objectContaining({
      code: "measures.nan",
      message: expect.stringContaining("row 3, column 5") as string,
    }),
  );
});

test.each([0, 3, 2.5])("%d labels do not divide the scores", (labels) => {
  expect(() => labelMeasures(scores, truth, labels)).toThrow(
    expect.objectContaining({ code: "measures.shape" }),
  );
});

function expectNear(got: number | null, wanted: number | null): void {
  if (wanted === null) expect(got).toBeNull();
  else expect(got).toBeCloseTo(wanted, 6);
}
