import { formatCosine } from "../../kernel/mulan/figures/contractLook.ts";
import { follow, type Signal } from "../shared/kernel/signal.ts";
import { emptyField, select, slider, textField } from "../shared/shell/controls.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import type { Normalisation } from "./normalise.ts";
import { type State, textSide } from "./state.ts";
import type { Ordering, View } from "./view.ts";

export interface ControlActions {
  addText(text: string): void;
  order(by: Ordering): void;
  look(change: Partial<View>): void;
}

/** The controls row of a heatmap. Answers the field of prompts, where there is one. */
export function addControls(
  shell: FigureShell,
  state: Signal<State>,
  actions: ControlActions,
): HTMLInputElement | undefined {
  const { figure, matrix } = state.value;
  const prompt = textField({
    label: "Add prompt",
    placeholder: "Add prompt…",
    widthPx: 176,
    live: true,
    onSubmit(text) {
      emptyField(prompt.field);
      actions.addText(text);
    },
  });
  const takesPrompts = textSide(figure) !== undefined;
  if (takesPrompts) shell.controls.add(prompt);
  const order = select<Ordering>({
    label: "Order",
    key: "C",
    value: "given",
    options: [
      { value: "given", label: "Order as given" },
      { value: "clusters", label: "Cluster similar" },
      { value: "row", label: "Sort by this row" },
      { value: "column", label: "Sort by this column" },
    ],
    onChange: actions.order,
  });
  const values = select<Normalisation>({
    label: "Values",
    key: "Z",
    value: "none",
    options: [
      { value: "none", label: "Cosine" },
      { value: "row", label: "z-score in each row" },
      { value: "column", label: "z-score in each column" },
    ],
    onChange: (normalisation) => actions.look({ normalisation }),
  });
  // Keys and clicks on labels change them too.
  follow(state, shell.signal, ({ view }) => {
    order.set(view.ordering);
    values.set(view.normalisation);
  });
  shell.controls.add(
    order,
    values,
    thresholdSlider(matrix.values, actions),
    select<View["scaleKind"]>({
      label: "Scale",
      value: "auto",
      options: [
        { value: "auto", label: `Scale: as drawn` },
        { value: "sequential", label: "Scale: sequential" },
        { value: "signed", label: "Scale: signed" },
      ],
      onChange: (scaleKind) => actions.look({ scaleKind }),
    }),
  );
  return takesPrompts ? prompt.field : undefined;
}

function thresholdSlider(values: Float32Array, { look }: ControlActions) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const min = Math.floor(low * 100) / 100;
  return slider({
    label: "At least",
    min,
    max: Math.max(min + 0.01, Math.ceil(high * 100) / 100),
    step: 0.01,
    value: min,
    format: (value) => (value <= min ? "all" : formatCosine(value)),
    onInput: (value) => look({ threshold: value <= min ? null : value }),
  });
}
