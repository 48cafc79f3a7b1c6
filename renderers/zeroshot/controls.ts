import type { Signal } from "../shared/kernel/signal.ts";
import { button, select, slider, textField } from "../shared/shell/controls.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { isTyped, markTyped } from "../shared/shell/halfTyped.ts";
import { panelStep, parseLabels, parseTemplates, type State } from "./state.ts";

/** What a person entered: one of both. */
export interface Change {
  readonly labels?: readonly string[];
  readonly prompts?: readonly string[];
}

export interface ControlActions {
  ask(change: Change): void;
}

export interface RankingControls {
  /** Writes a change that failed into its field again. False where something else is being typed there. */
  giveBack(change: Change): boolean;
}

/** log10 of the slider's ends. */
const slowest = -2.5;
const hottest = 0.5;

export function addControls(
  shell: FigureShell,
  state: Signal<State>,
  { ask }: ControlActions,
): RankingControls {
  const { figure } = state.value;
  const template = textField({
    label: "Prompt template",
    placeholder: "Prompt template with {}",
    value: templatesText(figure),
    widthPx: 168,
    live: true,
    onSubmit: (text) => ask({ prompts: parseTemplates(text) }),
  });
  const labels = textField({
    label: "Labels, separated by commas",
    value: labelsText(figure),
    widthPx: 240,
    live: true,
    onSubmit: (text) => ask({ labels: parseLabels(text) }),
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
    if (isFree(labels.field)) labels.field.value = labelsText(now.figure);
    if (isFree(template.field)) template.field.value = templatesText(now.figure);
  });
  temperature.field.disabled = state.value.mode === "cosine";

  /** Nobody is typing in it. */
  function isFree(field: HTMLInputElement): boolean {
    return shell.root.activeElement !== field && !isTyped(field);
  }

  return {
    giveBack(change) {
      const field = change.labels ? labels.field : template.field;
      const text = change.labels ? labelsText(change) : templatesText(change);
      if (isTyped(field)) return false;
      field.value = text;
      markTyped(field, true);
      return true;
    },
  };
}

function labelsText({ labels = [] }: Change): string {
  return labels.join(", ");
}

function templatesText({ prompts = [] }: Change): string {
  return prompts.join(" | ");
}
