import { z } from "zod";
import { contrastiveLoss } from "../../mulan/evaluation/loss/contrastiveLoss.ts";
import type { ContrastiveLoss } from "../../mulan/evaluation/loss/lossResult.ts";
import { collapseTraining, continueTraining } from "../../mulan/evaluation/loss/trainHeads.ts";
import type { Training } from "../../mulan/evaluation/loss/training.ts";
import { LOSS_FORMS, type LossFigure } from "../../mulan/figures/contractLoss.ts";
import { lossFigure } from "../../mulan/figures/loss/figure.ts";
import { apartFromCells, type Handler } from "./handler.ts";
import { lossId } from "./params.ts";
import { shownClips } from "./shownClips.ts";
import { shownLosses } from "./shownLosses.ts";

const maxBatch = 256;
const maxSteps = 500;

export const lossBatch: Handler<"lossBatch"> = {
  params: z.strictObject({
    loss: lossId,
    batchSize: z.int().positive().max(maxBatch),
    temperature: z.number().positive(),
    form: z.enum(LOSS_FORMS),
  }),
  answer({ loss: id, ...asked }) {
    const { pairs, seed, sameAbove } = shownLosses.batch(id);
    return shown(contrastiveLoss(pairs.audio, pairs.text, { ...asked, seed, sameAbove }));
  },
};

export const lossTrain: Handler<"lossTrain"> = {
  params: z.strictObject({ loss: lossId, steps: z.int().positive().max(maxSteps) }),
  async answer({ loss: id, steps }) {
    return shown(await continueTraining(shownLosses.training(id), { steps, ...apartFromCells() }));
  },
};

export const lossCollapse: Handler<"lossCollapse"> = {
  params: z.strictObject({ loss: lossId }),
  answer: ({ loss: id }) => shown(collapseTraining(shownLosses.training(id))),
};

/** Under an id of its own: the one that was asked about stays as it is. */
function shown(value: ContrastiveLoss | Training): LossFigure {
  return lossFigure(value, { clipId: shownClips.idOf, lossId: shownLosses.idOf });
}
