import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Embeddings } from "../../embedding/embeddings.ts";
import { contrastiveLoss } from "./contrastiveLoss.ts";
import { collapseLoss, criticLoss, LOSS_FORMS } from "./criticLoss.ts";
import { goldens } from "./goldens.testkit.ts";

const cases = goldens.batches.flatMap((batch) => LOSS_FORMS.map((form) => ({ ...batch, form })));

test.each(cases)("$n pairs, $form, τ $temperature: the loss is PyTorch's", (golden) => {
  const { dim, temperature, form } = golden;
  const [audio, text] = [golden.audio, golden.text].map((rows) => ({
    data: Float32Array.from(rows),
    dim,
  })) as [{ data: Float32Array; dim: number }, { data: Float32Array; dim: number }];
  const result = contrastiveLoss(audio, text, { temperature, form });
  const wanted = golden.losses[form];
  expect(Math.abs(result.loss - wanted.loss)).toBeLessThan(1e-5 + (1e-6 * 1) / temperature);
  const logits = unitProducts(golden.audio, golden.text, dim).map((cosine) => cosine / temperature);
  const exact = criticLoss(logits, golden.n, form);
  expect(exact.loss).toBeCloseTo(wanted.loss, 10);
  const errors = exact.gradient.map((slope, i) => Math.abs(slope - wanted.gradient[i]!));
  expect(Math.max(...errors)).toBeLessThan(1e-12);
});

test.each([
  ["clip", 6.2383],
  ["decoupled", 6.2364],
  ["mulan", 6.9295],
] as const)("everything on one point gives %s its collapse loss", (form, wanted) => {
  expect(collapseLoss(512, form)).toBeCloseTo(wanted, 4);
  const same = { data: Array.from({ length: 6 }, () => [1, 2, 2]) };
  const result = contrastiveLoss(same, same, { form, temperature: 0.05 });
  expect(result.loss).toBeCloseTo(result.collapseLoss, 5);
});

test("rows and columns share out 1, and the critic is exp(cosine / τ)", () => {
  const result = contrastiveLoss(pairs(), pairs(), { temperature: 0.5 });
  for (let i = 0; i < 3; i++) {
    const row = result.rowSoftmax.slice(i * 3, i * 3 + 3).reduce((sum, value) => sum + value);
    const column = [0, 1, 2].reduce((sum, j) => sum + result.columnSoftmax[j * 3 + i]!, 0);
    expect(row).toBeCloseTo(1, 6);
    expect(column).toBeCloseTo(1, 6);
  }
  expect(result.critic()[4]).toBeCloseTo(Math.exp(2), 5);
  expect(result.kind).toBe("loss");
});

test("pairs with one text, or texts that say the same, are false negatives", () => {
  const text = Embeddings.from({
    data: [
      [1, 0],
      [0, 1],
      [1, 0.1],
      [0.1, 1],
    ],
    labels: ["calm piano", "drums", "quiet piano", "drums"],
  });
  const { falseNegatives } = contrastiveLoss(text, text, { sameAbove: 0.99 });
  expect(falseNegatives.map(({ i, j, sameText }) => [i, j, sameText])).toEqual([
    [0, 2, false],
    [1, 3, true],
  ]);
  expect(contrastiveLoss(text, text, { sameAbove: 1 }).falseNegatives).toHaveLength(1);
});

test("a smaller batch is drawn by its seed and has the lower collapse loss", () => {
  const many = Embeddings.from({ data: Array.from({ length: 40 }, (_, i) => [i, 1, 40 - i]) });
  const drawn = contrastiveLoss(many, many, { batchSize: 8, seed: 3 });
  expect(drawn.batchSize).toBe(8);
  expect(drawn.nPairs).toBe(40);
  expect(drawn.audioLabels).toEqual(
    contrastiveLoss(many, many, { batchSize: 8, seed: 3 }).audioLabels,
  );
  expect(drawn.audioLabels).not.toEqual(contrastiveLoss(many, many, { batchSize: 8 }).audioLabels);
  expect(drawn.collapseLoss).toBeCloseTo(Math.log(14), 12);
});

test("a loss says itself in a few lines", () => {
  const said = inspect(contrastiveLoss(pairs(), pairs(), { form: "clip" }));
  expect(said).toContain("Contrastive loss (clip): ");
  expect(said).toContain("all on one point 1.099");
  expect(said).toContain("false negatives: 1 ");
});

test("what makes no batch is refused in words", () => {
  const two = Embeddings.from({ data: [[1], [1]] });
  const refused = (work: () => unknown, code: string) =>
    expect(work).toThrow(expect.objectContaining({ code }));
  refused(() => contrastiveLoss(two, two.slice(0, 1)), "loss.pairs");
  refused(() => contrastiveLoss(two.slice(0, 1), two.slice(0, 1)), "loss.pairs");
  refused(() => contrastiveLoss(two, two, { temperature: 0 }), "loss.temperature");
  refused(() => contrastiveLoss(two, two, { batchSize: 3 }), "loss.batch-size");
  refused(() => contrastiveLoss(two, two, { form: "infonce" as "clip" }), "loss.form");
  refused(() => contrastiveLoss(pairs(), two), "embeddings.dim-mismatch");
  expect(contrastiveLoss(two.slice(0, 1), two.slice(0, 1), { form: "clip" }).loss).toBeCloseTo(
    0,
    6,
  );
});

function pairs(): Embeddings {
  return Embeddings.from({
    data: [
      [1, 0],
      [0, 1],
      [1, 0.01],
    ],
  });
}

function unitProducts(a: readonly number[], b: readonly number[], dim: number): Float64Array {
  const unit = (rows: readonly number[]) =>
    rows.map((value, i) => {
      const row = rows.slice(i - (i % dim), i - (i % dim) + dim);
      return value / Math.hypot(...row);
    });
  const [x, y] = [unit(a), unit(b)];
  const n = a.length / dim;
  return Float64Array.from({ length: n * n }, (_, place) => {
    const [i, j] = [Math.floor(place / n) * dim, (place % n) * dim];
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += x[i + k]! * y[j + k]!;
    return sum;
  });
}
