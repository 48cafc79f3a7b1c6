import type { LossFigure } from "../../kernel/mulan/figures/contractLoss.ts";
import { askInFigure } from "../shared/kernel/askInFigure.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { type State, withFigure } from "./state.ts";

/** Steps between two pictures of a training that runs. */
const stepsAtOnce = 5;

interface Live {
  readonly shell: FigureShell;
  readonly link: KernelLink;
  readonly state: Signal<State>;
  become(next: State, written: LossFigure): void;
}

export interface LiveActions {
  /** Trains on until it is told otherwise; `onEnd` when it could not go on. */
  train(on: boolean, onEnd: () => void): Promise<void>;
  collapse(): Promise<void>;
  /** A batch of more pairs than the figure has. */
  largerBatch(batchSize: number): Promise<void>;
}

/** What only an engine can do. */
export function liveActions({ shell, link, state, become }: Live): LiveActions {
  let trains = false;
  shell.signal.addEventListener("abort", () => {
    trains = false;
  });
  const loss = (): string => state.value.figure.id ?? "";
  const show = (reply: LossFigure): void => become(withFigure(state.value, reply), reply);
  return {
    async train(on, onEnd) {
      if (trains === on) return;
      trains = on;
      while (trains) {
        const params = { loss: loss(), steps: stepsAtOnce };
        const reply = await askInFigure(shell, link, "lossTrain", params, "training");
        if (!reply) {
          trains = false;
          onEnd();
          return;
        }
        show(reply);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      shell.announcer.say(state.value.figure.reading);
    },
    async collapse() {
      const reply = await askInFigure(shell, link, "lossCollapse", { loss: loss() }, "collapsing");
      if (!reply) return;
      show(reply);
      shell.announcer.say(reply.reading);
    },
    async largerBatch(batchSize) {
      const { form, temperature } = state.value;
      const params = { loss: loss(), batchSize, form, temperature };
      const reply = await askInFigure(
        shell,
        link,
        "lossBatch",
        params,
        `drawing ${batchSize} pairs`,
      );
      if (reply) show(reply);
    },
  };
}
