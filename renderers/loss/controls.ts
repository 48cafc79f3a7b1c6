import { fewestPairs, LOSS_FORMS, type LossForm } from "../../kernel/mulan/figures/contractLoss.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import { button, select, slider, toggle } from "../shared/shell/controls.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import type { LiveActions } from "./live.ts";
import { atSnapshot, type State, type View } from "./state.ts";

interface ControlActions extends LiveActions {
  walk(): void;
  /** A change that the page makes itself. */
  edit(next: State): void;
}

/** log10 of the temperature slider's ends. */
const coldest = -2;
const hottest = 0.5;
/** Of one live batch. */
const mostPairs = 256;
const views: readonly View[] = ["critic", "rows", "columns"];

export function addControls(shell: FigureShell, state: Signal<State>, actions: ControlActions) {
  const { figure } = state.value;
  const isTraining = figure.training !== null;
  const temperature = slider({
    label: "Temperature",
    min: coldest,
    max: hottest,
    step: 0.02,
    value: Math.log10(state.value.temperature),
    format: (log) => (10 ** log).toPrecision(2),
    onInput: (log) => actions.edit({ ...state.value, temperature: 10 ** log }),
  });
  const view = select<View>({
    label: "Matrix",
    key: "M",
    value: state.value.view,
    options: [
      { value: "critic", label: "Critic" },
      { value: "rows", label: "Softmax of rows" },
      { value: "columns", label: "Softmax of columns" },
    ],
    onChange: (next) => state.set({ ...state.value, view: next }),
  });
  const form = select<LossForm>({
    label: "Loss",
    value: state.value.form,
    options: LOSS_FORMS.map((value) => ({ value, label: value })),
    onChange: (next) => actions.edit({ ...state.value, form: next }),
  });
  const pairs = slider({
    label: "Pairs",
    min: fewestPairs("mulan"),
    max: Math.max(figure.batchSize, Math.min(mostPairs, figure.nPairs)),
    step: 1,
    value: state.value.size,
    format: String,
    onInput: (size) => {
      if (size <= state.value.figure.batchSize) actions.edit(sized(state.value, size));
    },
  });
  // More pairs than the figure has come from the engine, once the hand has let go.
  pairs.field.addEventListener("change", () => {
    const size = Number(pairs.field.value);
    if (size > state.value.figure.batchSize) void actions.largerBatch(size);
  });
  const step = slider({
    label: "Moment",
    key: "[ ]",
    min: 0,
    max: Math.max(0, state.value.snapshot),
    step: 1,
    value: state.value.snapshot,
    format: (at) => `step ${state.value.figure.training?.snapshots[at]?.step ?? 0}`,
    onInput: (at) => state.set(atSnapshot(state.value, at)),
  });
  const walk = button({
    label: "Walk through the training",
    text: "Walk",
    key: "W",
    onPress: actions.walk,
  });
  const train = toggle({
    label: "Train further",
    key: "T",
    live: true,
    on: false,
    onChange: (on) => void actions.train(on, () => train.set(false)),
  });
  const collapse = button({
    label: "Collapse it",
    key: "C",
    live: true,
    onPress: () => void actions.collapse(),
  });
  if (isTraining) shell.controls.add(train, collapse, step, walk, view, temperature);
  else shell.controls.add(view, temperature, pairs, form);

  return {
    train,
    nextView(): void {
      const next = views[(views.indexOf(state.value.view) + 1) % views.length]!;
      view.set(next);
      state.set({ ...state.value, view: next });
    },
    /** Shows in the controls what the state has become by other ways. */
    show(): void {
      const now = state.value;
      step.field.max = String(Math.max(0, (now.figure.training?.snapshots.length ?? 1) - 1));
      step.set(now.snapshot);
      temperature.set(Math.log10(now.temperature));
      pairs.set(now.size);
      form.set(now.form);
    },
  };
}

function sized(state: State, size: number): State {
  const last = size - 1;
  const { row, column } = state.cursor;
  return { ...state, size, cursor: { row: Math.min(row, last), column: Math.min(column, last) } };
}
