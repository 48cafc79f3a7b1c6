import type { Signal } from "../shared/kernel/signal.ts";
import { button, select, slider, textField } from "../shared/shell/controls.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { panelStep, parseLabels, parseTemplates, type State } from "./state.ts";

export interface ControlActions {
  ask(change: { readonly labels?: string[]; readonly prompts?: string[] }): Promise<boolean>;
}

/** log10 of the slider's ends. */
const slowest = -2.5;
const hottest = 0.5;

export function addControls(
  shell: FigureShell,
  state: Signal<State>,
  { ask }: ControlActions,
): void {
  const { figure } = state.value;
  const template = textField({
    label: "Prompt template",
    placeholder: "Prompt template with {}",
    value: figure.prompts.join(" | "),
    widthPx: 168,
    live: true,
    onSubmit: (text) => void ask({ prompts: parseTemplates(text) }),
  });
  const labels = textField({
    label: "Labels, with commas",
    value: figure.labels.join(", "),
    widthPx: 240,
    live: true,
    onSubmit: (text) => void ask({ labels: parseLabels(text) }),
  });
  const temperature = slider({
    label: "Temperature",
    min: slowest,
    max: hottest,
    step: 0.05,
    value: Math.log10(state.value.temperature),
    format: (log) => (10 ** log).toPrecision(2),
    onInput: (log) => state.set({ ...state.value, temperature: 10 ** log }),
  });
  const mode = select<State["mode"]>({
    label: "Values",
    key: "M",
    value: state.value.mode,
    options: [
      { value: "cosine", label: "Cosine" },
      { value: "softmax", label: "Softmax shares" },
    ],
    onChange: (next) => state.set({ ...state.value, mode: next }),
  });
  const more = button({
    label: "Show more clips",
    onPress: () => {
      const all = state.value.figure.clips.labels.length;
      state.set({ ...state.value, nPanels: Math.min(all, state.value.nPanels + panelStep) });
    },
  });
  shell.controls.add(template, labels, mode, temperature);
  if (figure.clips.labels.length > panelStep) shell.controls.add(more);
  state.subscribe((now) => {
    mode.set(now.mode);
    temperature.field.disabled = now.mode === "cosine";
    more.element.disabled = now.nPanels >= now.figure.clips.labels.length;
    if (shell.root.activeElement !== labels.field)
      labels.field.value = now.figure.labels.join(", ");
  });
  temperature.field.disabled = state.value.mode === "cosine";
}
