import { html } from "../dom.ts";
import { markTyped } from "./halfTyped.ts";
import { keepTyping } from "./keys.ts";

/** What a control needs in order not to be dead: nothing, an engine's answers, or only something to be heard. */
export type Live = boolean | "sound";

/** A part of the controls row. `live` ones are hidden where what they need is not there. */
export interface Control {
  readonly element: HTMLElement;
  readonly live: Live;
}

interface Named {
  /** Plain verb, sentence case: "Sort by this row". */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly key?: string;
  readonly live?: Live;
}

export interface ButtonOptions extends Named {
  /** A short text in place of the label, which stays the accessible name. */
  readonly text?: string;
  onPress(): void;
}

export function button({ label, text = label, key, live = false, onPress }: ButtonOptions) {
  const element = html(
    "button",
    { type: "button", class: "control", title: withKey(label, key), "aria-label": label },
    text,
  );
  element.addEventListener("click", onPress);
  return { element, live } satisfies Control;
}

export interface ToggleOptions extends Named {
  readonly text?: string;
  readonly on: boolean;
  onChange(on: boolean): void;
}

export function toggle({ on, onChange, ...named }: ToggleOptions) {
  let state = on;
  const control = button({ ...named, onPress: () => set(!state, true) });
  const set = (next: boolean, tell = false): void => {
    state = next;
    control.element.setAttribute("aria-pressed", String(next));
    if (tell) onChange(next);
  };
  set(on);
  return { ...control, set, flip: () => set(!state, true) };
}

export interface SelectOptions<V extends string> extends Named {
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly value: V;
  onChange(value: V): void;
}

export function select<V extends string>(options: SelectOptions<V>) {
  const { label, key, live = false, value, onChange } = options;
  const field = html(
    "select",
    { title: withKey(label, key), "aria-label": label },
    ...options.options.map((option) =>
      html("option", { value: option.value, selected: option.value === value }, option.label),
    ),
  );
  field.addEventListener("change", () => onChange(field.value as V));
  field.addEventListener("keydown", (event) => event.stopPropagation());
  const element = html("span", { class: "control" }, field);
  const set = (next: V): void => {
    field.value = next;
  };
  return { element, live, set } satisfies Control & { set(next: V): void };
}

export interface SliderOptions extends Named {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value beside the slider. */
  format(value: number): string;
  onInput(value: number): void;
}

export function slider(options: SliderOptions) {
  const { label, key, live = false, min, max, step, value, format, onInput } = options;
  const field = html("input", { type: "range", min, max, step, "aria-label": label });
  field.value = String(value);
  const shown = html("span", { class: "quiet", "aria-hidden": "true" });
  const show = (): void => {
    shown.textContent = format(Number(field.value));
    field.setAttribute("aria-valuetext", format(Number(field.value)));
  };
  field.addEventListener("input", () => {
    show();
    onInput(Number(field.value));
  });
  keepTyping(field);
  show();
  const element = html(
    "label",
    { class: "control", title: withKey(label, key) },
    label,
    field,
    shown,
  );
  const set = (next: number): void => {
    field.value = String(next);
    show();
  };
  return { element, live, field, set };
}

export interface TextFieldOptions extends Named {
  readonly value?: string;
  readonly placeholder?: string;
  readonly widthPx?: number;
  /** Enter was pressed; not called for an empty field. */
  onSubmit(text: string): void;
}

export function textField(options: TextFieldOptions) {
  const { label, live = false, value = "", placeholder = label, widthPx = 200, onSubmit } = options;
  const field = html("input", {
    type: "text",
    "aria-label": label,
    title: withKey(label, "Enter"),
    placeholder,
    maxlength: 300,
    spellcheck: "false",
    autocomplete: "off",
  });
  field.value = value;
  field.style.width = `${widthPx}px`;
  keepTyping(field);
  field.addEventListener("input", () => markTyped(field, field.value !== ""));
  field.addEventListener("keydown", (event) => {
    // Enter also ends an input method's composition: that one is no answer yet.
    if (event.isComposing) return;
    if (event.key === "Enter" && field.value.trim() !== "") {
      markTyped(field, false);
      onSubmit(field.value.trim());
    }
    if (event.key === "Escape") field.blur();
  });
  return { element: html("span", { class: "control" }, field), live, field };
}

/** Empties a field whose text was entered, so that the next one can be typed at once. */
export function emptyField(field: HTMLInputElement): void {
  field.value = "";
  markTyped(field, false);
}

/** Gives a field its text back, unless something else is being typed there. */
export function refillField(field: HTMLInputElement, text: string): boolean {
  if (field.value !== "") return false;
  field.value = text;
  markTyped(field, true);
  return true;
}

function withKey(label: string, key: string | undefined): string {
  return key ? `${label} (${key})` : label;
}
