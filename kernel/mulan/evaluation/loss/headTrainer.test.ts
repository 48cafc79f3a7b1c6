import { expect, test } from "vitest";
import { Embeddings } from "../../embedding/embeddings.ts";
import { goldens, type TrainingGolden } from "./goldens.testkit.ts";
import { type Heads, headsLoss } from "./heads.ts";
import { fresh, type HeadsState, stepHeads } from "./headTrainer.ts";

test.each(goldens.trainings)(
  "$form onto $dim numbers: one batch's slopes are PyTorch's",
  (golden) => {
    const { state, batch } = begin(golden);
    const { loss, slopes } = headsLoss(state.heads, batch(0), golden.form);
    expect(loss).toBeCloseTo(golden.losses[0]!, 6);
    expectNear(slopes.audio.weights, golden.firstGradient.weights[0], 1e-6);
    expectNear(slopes.text.weights, golden.firstGradient.weights[1], 1e-6);
    expectNear(slopes.audio.bias, golden.firstGradient.biases[0], 1e-6);
    expectNear(slopes.text.bias, golden.firstGradient.biases[1], 1e-6);
  },
);

test.each(goldens.trainings)(
  "$form onto $dim numbers: 20 steps of Adam are PyTorch's",
  (golden) => {
    let { state, batch, options } = begin(golden);
    for (const [step, wanted] of golden.losses.entries()) {
      const done = stepHeads(state, batch(step), options);
      expect(Math.abs(done.loss - wanted)).toBeLessThan(1e-4);
      state = done.state;
      if (step === 0) expectHeads(state.heads, golden.afterOne, 1e-5);
    }
    expectHeads(state.heads, golden.afterAll, 1e-4);
    if (!golden.learnsTemperature) expect(golden.afterAll.temperature).toBe(golden.temperature);
  },
);

function begin(golden: TrainingGolden) {
  const { dim, audioDim, textDim } = golden;
  const head = (inputDim: number, weights: readonly number[]) => ({
    inputDim,
    weights: Float64Array.from(weights),
    bias: new Float64Array(dim).fill(golden.bias),
  });
  const state: HeadsState = fresh({
    dim,
    audio: head(audioDim, golden.starts[0]),
    text: head(textDim, golden.starts[1]),
    logScale: Float64Array.of(-Math.log(golden.temperature)),
  });
  const unit = (rows: readonly number[], width: number) =>
    Embeddings.from({ data: Float32Array.from(rows), dim: width }).data;
  const [audio, text] = [unit(golden.audio, audioDim), unit(golden.text, textDim)];
  const batch = (step: number) => ({ audio, text, rows: golden.batches[step]! });
  return { state, batch, options: golden };
}

function expectHeads(heads: Heads, golden: TrainingGolden["afterOne"], within: number): void {
  expectNear(heads.audio.weights, golden.weights[0], within);
  expectNear(heads.text.weights, golden.weights[1], within);
  expectNear(heads.audio.bias, golden.biases[0], within);
  expectNear(heads.text.bias, golden.biases[1], within);
  expect(Math.abs(Math.exp(-heads.logScale[0]!) - golden.temperature)).toBeLessThan(within);
}

function expectNear(got: Float64Array, wanted: readonly number[], within: number): void {
  expect(got.length).toBe(wanted.length);
  expect(Math.max(...got.map((value, i) => Math.abs(value - wanted[i]!)))).toBeLessThan(within);
}
