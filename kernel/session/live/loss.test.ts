import { expect, test } from "vitest";
import { Embeddings } from "../../mulan/embedding/embeddings.ts";
import { seededRandom } from "../../mulan/embedding/projection/random.ts";
import { contrastiveLoss } from "../../mulan/evaluation/loss/contrastiveLoss.ts";
import { trainHeads } from "../../mulan/evaluation/loss/trainHeads.ts";
import type { LossFigure } from "../../mulan/figures/contractLoss.ts";
import { toFigure } from "../../mulan/figures/toBundle.ts";
import { answerFigure } from "./figureRequests.ts";
import { shownLosses } from "./shownLosses.ts";

const random = seededRandom(1);
const rows = Array.from({ length: 20 }, () => Array.from({ length: 5 }, () => random() - 0.5));
const pairs = Embeddings.from({ data: rows });
const ask = (name: string, params: object) => answerFigure(name, params) as Promise<LossFigure>;
const show = async (value: unknown) =>
  (await toFigure(value, { lossId: shownLosses.idOf })) as LossFigure;

test("another batch size and form of the same pairs are answered under an id of their own", async () => {
  const first = await show(contrastiveLoss(pairs, pairs, { batchSize: 4 }));
  const asked = { loss: first.id, batchSize: 16, temperature: 0.3, form: "clip" };
  const next = await ask("lossBatch", asked);
  expect(next).toMatchObject({ batchSize: 16, temperature: 0.3, form: "clip", nPairs: 20 });
  expect(next.collapseLoss).toBeCloseTo(Math.log(16), 10);
  expect(next.id).not.toBe(first.id);
  expect(await ask("lossBatch", { ...asked, loss: next.id })).toMatchObject({ batchSize: 16 });
});

test("a training goes on where the figure left it, and is collapsed", async () => {
  const first = await show(await trainHeads(pairs, pairs, { steps: 10 }));
  const more = await ask("lossTrain", { loss: first.id, steps: 15 });
  expect(more.training?.nSteps).toBe(25);
  expect(more.loss).toBeLessThan(first.loss);
  const collapsed = await ask("lossCollapse", { loss: more.id });
  expect(collapsed.loss).toBeCloseTo(collapsed.collapseLoss, 4);
  const whole = await trainHeads(pairs, pairs, { steps: 25 });
  expect(more.loss).toBeCloseTo(whole.last.loss, 4);
});

test("an output that names what this engine never showed is told to run its cell", async () => {
  await expect(ask("lossTrain", { loss: "loss-1", steps: 5 })).rejects.toThrow(
    "Run the cell again",
  );
  await expect(ask("lossTrain", { loss: "loss-1", steps: 5000 })).rejects.toMatchObject({
    code: "live.params",
  });
  const batch = await show(contrastiveLoss(pairs, pairs));
  await expect(ask("lossCollapse", { loss: batch.id })).rejects.toMatchObject({
    code: "live.no-loss",
  });
  const needs = { clips: [], model: null };
  expect(await answerFigure("known", { ...needs, loss: batch.id })).toMatchObject({ loss: true });
  expect(await answerFigure("known", { ...needs, loss: "x" })).toMatchObject({ loss: false });
});
