import { join } from "node:path";
import { expect, test } from "vitest";
import { float32Of, readGoldens } from "../../../../test/support/safetensors.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { labelMeasures } from "../measures/labelMeasures.ts";
import { C_GRID, chooseC } from "./chooseC.ts";
import { drawFewShot } from "./drawFewShot.ts";
import { fitLogistic, logitsOf } from "./fitLogistic.ts";

const { tensors, metadata } = readGoldens(
  join(packageRoot, "test", "goldens", "evaluation", "probe.safetensors"),
);
const [nTrain, dim, nLabels] = [metadata.nTrain, metadata.dim, metadata.nLabels].map(Number) as [
  number,
  number,
  number,
];
const rows = float32Of(tensors.get("rows")!);
const truth = tensors.get("truth")!.bytes;
const train = {
  x: { data: rows.slice(0, nTrain * dim), dim },
  y: truth.slice(0, nTrain * nLabels),
};
const held = { x: { data: rows.slice(nTrain * dim), dim }, y: truth.slice(nTrain * nLabels) };
const figures = JSON.parse(metadata.figures!) as {
  c: number;
  rocAuc: number;
  averagePrecision: number;
}[];

test.each(figures)("C $c: logits and figures are scikit-learn's", async (golden) => {
  const { c } = golden;
  const model = await fitLogistic({ ...train, nLabels, c });
  const logits = logitsOf(model, held.x);
  const theirs = float32Of(tensors.get(`logits${c}`)!);
  const errors = logits.map((logit, i) => Math.abs(chance(logit) - chance(theirs[i]!)));
  expect(Math.max(...errors)).toBeLessThan(1e-3);
  const { macro } = labelMeasures(logits, held.y, nLabels);
  expect(Math.abs(macro.rocAuc! - golden.rocAuc)).toBeLessThan(1e-3);
  expect(Math.abs(macro.averagePrecision! - golden.averagePrecision)).toBeLessThan(1e-3);
  expect(model.converged).toBe(true);
  expect(model.nIterations).toBeLessThan(60);
});

test("the C that is best on validation is chosen, from strong to weak", async () => {
  const chosen = await chooseC({ train, validation: held, nLabels, grid: [100, 1e-3, 0.1, 1] });
  expect(chosen.tried.map(({ c }) => c)).toEqual([1e-3, 0.1, 1, 100]);
  for (const [i, { rocAuc }] of chosen.tried.entries()) {
    expect(Math.abs(rocAuc - figures[i]!.rocAuc)).toBeLessThan(1e-3);
  }
  expect(chosen.c).toBe(100);
  expect(chosen.model.c).toBe(100);
  expect(C_GRID[0]).toBe(1e-4);
  expect(C_GRID.at(-1)).toBe(100);
});

test("embeddings are rows, and standardisation is folded into the weights", async () => {
  const x = Embeddings.from(train.x);
  const folded = await fitLogistic({ x, y: train.y, nLabels });
  const scaled = train.x.data.map((value, i) => value * (1 + (i % dim)) + 3);
  const same = await fitLogistic({ x: { data: scaled, dim }, y: train.y, nLabels });
  const [a, b] = [logitsOf(folded, x), logitsOf(same, { data: scaled, dim })];
  expect(Math.max(...a.map((logit, i) => Math.abs(logit - b[i]!)))).toBeLessThan(0.01);
  const unscaled = await fitLogistic({ x, y: train.y, nLabels, standardise: false });
  expect(Math.max(...unscaled.weights.map((w, i) => w - folded.weights[i]!))).toBeGreaterThan(0.1);
});

test("a label of one class gets a constant logit, a constant column no weight", async () => {
  const x = { data: Float32Array.of(0.5, 1, 0.5, 2, 0.5, 3, 0.5, 4), dim: 2 };
  const y = Uint8Array.of(1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1);
  const model = await fitLogistic({ x, y, nLabels: 3 });
  expect(model.constantLabels).toEqual([1]);
  expect([...model.weights.slice(2, 4)]).toEqual([0, 0]);
  expect(model.intercepts[1]).toBeCloseTo(Math.log(7), 5);
  expect(Math.abs(model.weights[0]!)).toBeLessThan(1e-5);
});

test("a few rows a label are drawn by their seed", () => {
  const random = seededRandom(4);
  const y = Uint8Array.from({ length: 200 * 3 }, (_, i) =>
    i % 3 === 2 ? Number(i < 12) : Number(random() < 0.4),
  );
  const drawn = drawFewShot(y, 3, 5, 1);
  const positives = [0, 1, 2].map((label) => drawn.filter((row) => y[row * 3 + label]).length);
  expect(positives[0]).toBeGreaterThanOrEqual(5);
  expect(positives[1]).toBeGreaterThanOrEqual(5);
  expect(positives[2]).toBe(4);
  expect(drawn.length).toBeLessThanOrEqual(14);
  expect(drawFewShot(y, 3, 5, 1)).toEqual(drawn);
  expect(drawFewShot(y, 3, 5, 2)).not.toEqual(drawn);
});

test("what does not fit is refused in words", async () => {
  const bad = (options: object) => fitLogistic({ ...train, nLabels, ...options });
  await expect(bad({ nLabels: 4 })).rejects.toMatchObject({ code: "probe.shape" });
  await expect(bad({ c: 0 })).rejects.toMatchObject({ code: "probe.c" });
  const data = train.x.data.slice();
  data[dim * 3 + 2] = Number.NaN;
  await expect(bad({ x: { data, dim } })).rejects.toThrow("row 3 is not finite");
  const validation = { x: held.x, y: new Uint8Array(held.y.length) };
  await expect(chooseC({ train, validation, nLabels })).rejects.toMatchObject({
    code: "probe.validation",
  });
});

test("a fit tells how far it is and stops when its signal aborts", async () => {
  const seen: number[] = [];
  await fitLogistic({ ...train, nLabels, onProgress: ({ done }) => seen.push(done) });
  expect(seen.at(-1)).toBe(nLabels);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(fitLogistic({ ...train, nLabels, signal })).rejects.toThrow("enough");
});

function chance(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
