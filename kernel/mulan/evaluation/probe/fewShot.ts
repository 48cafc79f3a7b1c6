import { MulanError } from "../../foundation/errors.ts";
import type { ProbeSplit } from "../logistic/chooseC.ts";
import { drawFewShot } from "../logistic/drawFewShot.ts";
import { fitLogistic, logitsOf, type ProbeWork } from "../logistic/fitLogistic.ts";
import { learntRocAuc } from "../logistic/learntRocAuc.ts";
import type { ProbeReport } from "../report.ts";
import { pickRows } from "./pickRows.ts";

export const N_DRAWS = 5;
/** Student's t for a 95 % interval of the mean of 2, 3, 4 and all draws. */
const T_OF_DRAWS = [12.706, 4.303, 3.182, 2.776];

/**
 * What a probe learns from few positives a label, or from few groups that have one: mean over seeded draws, with the
 * interval of that mean. Labels of which a draw holds one class only are not counted in it; a size whose draws hold
 * nothing else is left out.
 */
export async function fewShotCurve(
  train: ProbeSplit & { readonly groups: readonly number[] | undefined },
  test: ProbeSplit,
  nLabels: number,
  sizes: readonly number[],
  { c, seed, ...work }: ProbeWork & { readonly c: number; readonly seed: number },
): Promise<ProbeReport["fewShot"]> {
  const odd = sizes.find((size) => !(Number.isInteger(size) && size > 0));
  if (odd !== undefined) {
    throw new MulanError("evaluation.few-shot", "few-shot sizes are numbers of clips a label", {
      expected: "whole numbers from 1, such as [1, 5, 10]",
      got: String(odd),
    });
  }
  const curve: ProbeReport["fewShot"][number][] = [];
  for (const nPerLabel of sizes) {
    const values: number[] = [];
    for (let draw = 0; draw < N_DRAWS; draw++) {
      const drawn = drawFewShot(train.y, nLabels, nPerLabel, seed + draw, train.groups);
      const few = { x: pickRows(train.x, drawn), y: pickTruth(train.y, nLabels, drawn) };
      const model = await fitLogistic({ ...few, nLabels, c, ...work });
      // A draw of positives alone teaches a label nothing.
      const rocAuc = learntRocAuc(logitsOf(model, test.x), test.y, model);
      if (rocAuc !== null) values.push(rocAuc);
    }
    if (values.length > 1) curve.push({ nPerLabel, ...meanWithInterval(values) });
  }
  return curve;
}

function meanWithInterval(values: readonly number[]) {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const reach = T_OF_DRAWS[n - 2]! * Math.sqrt(variance / n);
  const interval = [Math.max(0, mean - reach), Math.min(1, mean + reach)] as const;
  return { rocAuc: mean, interval };
}

function pickTruth(truth: Uint8Array, nLabels: number, rows: ArrayLike<number>): Uint8Array {
  const picked = new Uint8Array(rows.length * nLabels);
  for (let to = 0; to < rows.length; to++) {
    const from = rows[to]! * nLabels;
    picked.set(truth.subarray(from, from + nLabels), to * nLabels);
  }
  return picked;
}
