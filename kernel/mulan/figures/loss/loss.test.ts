import { expect, test } from "vitest";
import { Embeddings } from "../../embedding/embeddings.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { contrastiveLoss } from "../../evaluation/loss/contrastiveLoss.ts";
import { collapseTraining, trainHeads } from "../../evaluation/loss/trainHeads.ts";
import { decodeFloat16, mimeOf } from "../contract.ts";
import type { LossFigure } from "../contractLoss.ts";
import { toBundle, toFigure } from "../toBundle.ts";
import { turned } from "./sphere.ts";

const { audio, text } = pairs(12);

test("a batch's figure has its matrix, its loss and the collapse line", async () => {
  const value = contrastiveLoss(audio, text, { temperature: 0.1, form: "clip", sameAbove: 1 });
  const figure = (await toFigure(value)) as LossFigure;
  expect(figure.loss).toBeCloseTo(value.loss, 5);
  expect(figure.collapseLoss).toBeCloseTo(Math.log(12), 10);
  const cosines = decodeFloat16(figure.cosines);
  expect(cosines[0]).toBeCloseTo(value.cosines[0]!, 3);
  expect(figure.title).toBe("Contrastive loss (clip) · 12 pairs, temperature 0.10");
  expect(figure.reading).toContain("everything on one point 2.48");
  expect(figure.falseNegatives).toEqual([
    { i: 0, j: 11, sameText: true, cosine: expect.any(Number) as number },
  ]);
  expect(figure.id).toBeNull();
});

test("a large batch shows its first 256 pairs, and says so", async () => {
  const many = pairs(300);
  const value = contrastiveLoss(many.audio, many.text, { batchSize: 300 });
  const figure = (await toFigure(value)) as LossFigure;
  expect(figure.batchSize).toBe(256);
  expect(figure.audio.labels).toHaveLength(256);
  expect(figure.footnote).toContain("first 256 pairs of a batch of 300");
  expect(JSON.stringify(figure).length).toBeLessThan(300_000);
});

test("a training's figure walks from its first points to its last", async () => {
  const training = await trainHeads(audio, text, { steps: 60 });
  const figure = (await toFigure(training, { lossId: () => "t1" })) as LossFigure;
  const { points, snapshots, losses } = figure.training!;
  expect(snapshots.length).toBe(training.snapshots.length);
  expect(decodeFloat16(points!)).toHaveLength(snapshots.length * 2 * 12 * 3);
  expect(decodeFloat16(losses)).toHaveLength(60);
  expect(figure.loss).toBeCloseTo(training.last.loss, 3);
  expect(figure.reading).toContain("gap between audio and text");
  expect(figure.id).toBe("t1");
  const collapsed = (await toFigure(collapseTraining(training))) as LossFigure;
  expect(collapsed.loss).toBeCloseTo(collapsed.collapseLoss, 4);
  expect(collapsed.training?.collapsedAt).toEqual([60]);
});

test("both become an output with a picture and a text that alone tells the result", async () => {
  const training = await trainHeads(audio, text, { steps: 30 });
  const batch = contrastiveLoss(audio, text);
  for (const value of [batch, training, await trainHeads(audio, text, { steps: 5, dim: 8 })]) {
    const bundle = (await toBundle(value))!;
    expect(Object.keys(bundle)).toEqual([mimeOf("loss"), "image/png", "text/plain"]);
    expect(bundle["text/plain"]).toContain("everything on one point");
    expect(bundle["image/png"].length).toBeGreaterThan(5_000);
  }
});

test("a sphere that is turned keeps its points on it", () => {
  const { x, y, depth } = turned([0.6, 0, 0.8], { yaw: 1, pitch: -0.4 });
  expect(Math.hypot(x, y, depth)).toBeCloseTo(1, 12);
  expect(turned([0, 1, 0], { yaw: 2, pitch: 0 }).y).toBeCloseTo(1, 12);
});

/** Pairs of which the last text is the first's. */
function pairs(n: number): { audio: Embeddings; text: Embeddings } {
  const random = seededRandom(3);
  const rows = Array.from({ length: n }, () => Array.from({ length: 6 }, () => random() - 0.5));
  const near = rows.map((row) => row.map((value) => value + 0.3 * (random() - 0.5)));
  return {
    audio: Embeddings.from({
      data: rows,
      labels: rows.map((_, i) => `clip ${i}`),
      modality: "audio",
    }),
    text: Embeddings.from({
      data: near,
      labels: near.map((_, i) => (i === n - 1 ? "text 0" : `text ${i}`)),
      modality: "text",
    }),
  };
}
