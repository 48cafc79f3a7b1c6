import { randomUUID } from "node:crypto";
import { ContrastiveLoss } from "../../mulan/evaluation/loss/lossResult.ts";
import { Training } from "../../mulan/evaluation/loss/training.ts";
import type { LossId } from "../../mulan/figures/contractLoss.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";

/** Each step of a live training is one more; their pairs are shared. */
const maxLosses = 100;

/** The batches and trainings that this engine has shown, under ids that only it can have given. */
export class ShownLosses {
  readonly #values = new Map<LossId, ContrastiveLoss | Training>();
  readonly #ids = new WeakMap<ContrastiveLoss | Training, LossId>();

  readonly idOf = (value: ContrastiveLoss | Training): LossId => {
    const id = this.#ids.get(value) ?? `loss-${randomUUID()}`;
    this.#ids.set(value, id);
    this.#values.delete(id);
    this.#values.set(id, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > maxLosses && oldest !== undefined) this.#values.delete(oldest);
    return id;
  };

  has(id: LossId): boolean {
    return this.#values.has(id);
  }

  /** @throws MulanError `live.no-loss` */
  batch(id: LossId): ContrastiveLoss {
    const value = this.#values.get(id);
    return value instanceof ContrastiveLoss ? value : missing("batch");
  }

  /** @throws MulanError `live.no-loss` */
  training(id: LossId): Training {
    const value = this.#values.get(id);
    return value instanceof Training ? value : missing("training");
  }
}

function missing(what: string): never {
  throw new MulanError("live.no-loss", `this engine does not hold that ${what} any more`, {
    remedy: "Run the cell again",
  });
}

/** One engine runs one notebook. */
export const shownLosses = new ShownLosses();
