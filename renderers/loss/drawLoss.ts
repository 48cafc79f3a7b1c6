import type { LossFigure } from "../../kernel/mulan/figures/contractLoss.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { svg } from "../shared/dom.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { createSignal } from "../shared/kernel/signal.ts";
import { createWriteBack } from "../shared/kernel/writeBack.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { drawOnChange } from "../shared/shell/drawOnChange.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { playClips } from "../shared/sound/playClips.ts";
import { addControls } from "./controls.ts";
import { lossKeys } from "./keys.ts";
import { type LossLayout, layoutLoss } from "./layout.ts";
import { liveActions } from "./live.ts";
import { lossMarks } from "./picture.ts";
import { listenToPointer } from "./pointer.ts";
import { savedImage, savedTable } from "./saved.ts";
import { atSnapshot, derive, editedFigure, initialState, moved, type State } from "./state.ts";
import { walkThrough } from "./walk.ts";
import { cellWords } from "./words.ts";

/** A batch's critic and losses, or a training of heads on a sphere. */
export function drawLoss({ host, figure, link, outputId, signal }: Place<"loss">): void {
  const isTraining = figure.training !== null;
  const hostPx = Math.min(1100, host.clientWidth || 1000);
  const heightPx =
    figure.batchSize > 0 ? layoutLoss(hostPx, figure.batchSize, isTraining).height : 60;
  const shell = createFigureShell(host, { kind: "loss", words: figure, heightPx, signal });
  if (figure.batchSize === 0) {
    showEmpty(shell, "There are no pairs.", "contrastiveLoss(audio, text)");
    return;
  }
  const state = createSignal(initialState(figure));
  const clips = (figure.audio.clips ?? []).filter((clip) => clip !== null);
  const needs = { clips, model: null, loss: figure.id, controlsNeed: "loss" } as const;
  const liveness = followLiveness(shell, link, needs);
  const writeBack = createWriteBack(link, outputId, host, signal);
  let layout: LossLayout | undefined;

  const picture = svg("svg", {
    "aria-hidden": "true",
    style: "display: block; touch-action: none",
  });
  shell.drawing.classList.add("own-cursor");
  shell.drawing.append(picture);

  /** Seen anew, and written back when the figure is left. */
  function become(next: State, written: LossFigure): void {
    state.set(next);
    writeBack.edited(written);
  }
  const live = liveActions({ shell, link, state, become });
  const walk = walkThrough(state, signal);
  const play = (row: number): void => {
    const clip = state.value.figure.audio.clips?.[row];
    const label = state.value.figure.audio.labels[row]!;
    if (clip && liveness.value.sound) playClips(link, [{ clip, label }], shell.status);
  };
  const tell = (): void => {
    const { row, column } = state.value.cursor;
    const words = cellWords(state.value, derive(state.value), row, column);
    shell.announcer.say(words.map((line) => line.textContent).join(", "));
  };
  const controls = addControls(shell, state, {
    ...live,
    walk,
    edit: (next) => (isTraining ? state.set(next) : become(next, editedFigure(next))),
  });
  shell.controls.addEntries(
    {
      label: "Insert as cell",
      run: () => link.tell({ type: "insertCell", outputId, code: asCell(state.value) }),
    },
    ...saveEntries(shell, {
      title: () => derive(state.value).title,
      image: () => savedImage(state.value),
      table: () => savedTable(state.value),
    }),
  );
  shell.bindKeys(
    lossKeys(
      {
        move(rows, columns) {
          state.set(moved(state.value, rows, columns));
          tell();
        },
        play: () => play(state.value.cursor.row),
        nextView: controls.nextView,
        step: (by) => state.set(atSnapshot(state.value, state.value.snapshot + by)),
        walk,
        train: () => liveness.value.loss && controls.train.flip(),
        collapse: () => liveness.value.loss && void live.collapse(),
      },
      isTraining,
    ),
  );
  listenToPointer({ shell, picture, state, layout: () => layout, play });

  drawOnChange(shell, [state], (width, theme) => {
    const now = state.value;
    const derived = derive(now);
    layout = layoutLoss(width, now.size, isTraining);
    picture.setAttribute("width", String(layout.width));
    picture.setAttribute("height", String(layout.height));
    shell.drawing.style.minHeight = `${layout.height}px`;
    const showCursor = shell.root.activeElement === shell.drawing;
    const measure = textMeasure(theme.fontFamily);
    picture.replaceChildren(...lossMarks(now, derived, layout, theme, measure, showCursor));
    shell.setWords({ ...now.figure, title: derived.title, reading: derived.reading });
    controls.show();
  });
}

/** Code that makes this figure in a cell. `audio` and `text` are the notebook's own embeddings. */
function asCell({ figure, form, temperature, size }: State): string {
  const { training } = figure;
  if (!training) {
    const options = { form, temperature: Number(temperature.toPrecision(3)), batchSize: size };
    return `mulan.contrastiveLoss(audio, text, ${JSON.stringify(options)})`;
  }
  const { dim, nSteps: steps, learningRate, learnsTemperature: learnTemperature } = training;
  const options = { dim, steps, batchSize: figure.batchSize, learningRate, learnTemperature, form };
  return `await mulan.trainHeads(audio, text, ${JSON.stringify(options)})`;
}
