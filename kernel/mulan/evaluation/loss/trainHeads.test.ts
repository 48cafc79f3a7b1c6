import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Embeddings } from "../../embedding/embeddings.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { LOSS_FORMS } from "./criticLoss.ts";
import { collapseTraining, continueTraining, trainHeads } from "./trainHeads.ts";

const { audio, text } = twins(24);

test.each(LOSS_FORMS)("pairs come together under the %s loss", async (form) => {
  const training = await trainHeads(audio, text, { form, steps: 150, seed: 1 });
  const [first, last] = [training.snapshots[0]!, training.last];
  expect(last.loss).toBeLessThan(first.loss - 0.5);
  expect(last.alignment).toBeLessThan(first.alignment / 2);
  expect(last.accuracy).toBeGreaterThan(first.accuracy);
  expect(training.losses).toHaveLength(150);
  expect(training.snapshots.length).toBeGreaterThan(30);
  expect(training.snapshots.map(({ step }) => step)).toContain(0);
  expect(last.step).toBe(150);
  for (let i = 0; i < 24; i++)
    expect(Math.hypot(...last.audio.slice(i * 3, i * 3 + 3))).toBeCloseTo(1, 5);
});

test("the same seed trains the same, in one go or in two", async () => {
  const options = { steps: 40, batchSize: 8, seed: 5 };
  const whole = await trainHeads(audio, text, options);
  const half = await trainHeads(audio, text, { ...options, steps: 15 });
  const continued = await continueTraining(half, { steps: 25 });
  expect(continued.losses).toEqual(whole.losses);
  expect(continued.last.audio).toEqual(whole.last.audio);
  expect(half.losses).toHaveLength(15);
  const other = await trainHeads(audio, text, { ...options, seed: 6 });
  expect(other.losses).not.toEqual(whole.losses);
});

test.each(LOSS_FORMS)(
  "a collapse meets the line under %s, and training stays there",
  async (form) => {
    const training = await trainHeads(audio, text, { form, steps: 20, learnTemperature: false });
    const collapsed = collapseTraining(training);
    expect(collapsed.last.loss).toBeCloseTo(collapsed.collapseLoss, 10);
    expect(collapsed.last).toMatchObject({ gap: 0, step: 20 });
    expect(collapsed.last.uniformity.audio).toBeCloseTo(0, 10);
    expect(collapsed.collapsedAt).toEqual([20]);
    expect(collapsed.last.accuracy).toBe(0);
    const later = await continueTraining(collapsed, { steps: 30 });
    expect(later.last.loss).toBeCloseTo(collapsed.collapseLoss, 4);
    expect(training.collapsedAt).toEqual([]);
  },
);

test("the temperature is learned, or stays", async () => {
  const learned = await trainHeads(audio, text, { steps: 30 });
  expect(learned.last.temperature).not.toBeCloseTo(0.2, 3);
  const fixed = await trainHeads(audio, text, { steps: 30, learnTemperature: false });
  expect(fixed.last.temperature).toBeCloseTo(0.2, 12);
});

test("steps are told one by one, with the points now and then", async () => {
  const steps: number[] = [];
  const seen: number[] = [];
  const onStep = ({ step, snapshot }: { step: number; snapshot?: object }) => {
    steps.push(step);
    if (snapshot) seen.push(step);
  };
  await trainHeads(audio, text, { steps: 80, onStep });
  expect(steps).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
  expect(seen).toHaveLength(40);
});

test("an interrupt ends a training between steps, and others get their turn", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 30);
  const { signal } = controller;
  await expect(trainHeads(audio, text, { steps: 1_000_000, signal })).rejects.toThrow("enough");
});

test("what cannot be trained is refused in words", async () => {
  const refused = (options: object, code: string) =>
    expect(trainHeads(audio, text, options)).rejects.toMatchObject({ code });
  await refused({ dim: 1 }, "training.options");
  await refused({ steps: 0 }, "training.options");
  await refused({ learningRate: 0 }, "training.options");
  await refused({ batchSize: 25 }, "training.options");
  await refused({ temperature: -1 }, "loss.temperature");
  await expect(trainHeads(audio, text.slice(0, 3))).rejects.toMatchObject({ code: "loss.pairs" });
});

test("a training says itself in a few lines", async () => {
  const said = inspect(await trainHeads(audio, text, { steps: 10 }));
  expect(said).toContain("Heads onto 3 numbers: 10 steps of 24 of 24 pairs (mulan)");
  expect(said).toContain("own text nearest: ");
});

/** Pairs that share a hidden meaning, seen through two different matrices. */
function twins(n: number): { audio: Embeddings; text: Embeddings } {
  const random = seededRandom(9);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => random() - 0.5));
  const hidden = matrix(n, 3);
  const through = (view: number[][]) =>
    Embeddings.from({
      data: hidden.map((row) =>
        view[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * view[k]![j]!, 0)),
      ),
    });
  return { audio: through(matrix(3, 10)), text: through(matrix(3, 7)) };
}
