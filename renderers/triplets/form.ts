import { html } from "../shared/dom.ts";
import { markTyped } from "../shared/shell/halfTyped.ts";
import { keepTyping } from "../shared/shell/keys.ts";
import { type MemberName, memberNames } from "./state.ts";

export type Typed = Readonly<Record<MemberName, string>>;

export interface TripletForm {
  readonly element: HTMLElement;
  /** Shows the form, filled with a triplet that is to be changed or empty for a new one. */
  open(purpose: "Add" | "Change", typed?: Typed): void;
  /** Shows what could not be judged once more. False where something else is being typed. */
  giveBack(purpose: "Add" | "Change", typed: Typed): boolean;
}

export interface FormEvents {
  /** The form empties, for the next triplet, or closes, where one was changed. */
  onSubmit(typed: Typed): void;
  onClose(): void;
}

/** Three fields in a row. Labels of clips are offered; everything else is a text. */
export function createForm(clipLabels: readonly string[], events: FormEvents): TripletForm {
  const list = html(
    "datalist",
    { id: "clips" },
    ...clipLabels.map((label) => html("option", { value: label })),
  );
  const fields = memberNames.map((name) =>
    html("input", {
      type: "text",
      placeholder: `${name[0]!.toUpperCase()}${name.slice(1)}: text or clip`,
      "aria-label": `${name}: a text, or the label of a clip`,
      maxlength: 300,
      list: "clips",
      autocomplete: "off",
    }),
  );
  const submit = html("button", { type: "submit" }, "Add");
  const cancel = html("button", { type: "button" }, "Cancel");
  const element = html("form", { class: "triplet-form" }, ...fields, submit, cancel, list);
  Object.assign(element.style, { display: "none", gap: "8px", flexWrap: "wrap" });
  for (const field of fields) {
    field.style.flex = "1 1 120px";
    field.addEventListener("input", () => markTyped(field, field.value !== ""));
    keepTyping(field);
  }
  const fill = (typed?: Typed): void => {
    fields.forEach((field, i) => {
      field.value = typed?.[memberNames[i]!] ?? "";
      markTyped(field, false);
    });
  };
  const open = (purpose: "Add" | "Change", typed?: Typed): void => {
    element.style.display = "flex";
    submit.textContent = purpose;
    fill(typed);
    fields[0]!.focus();
  };
  const close = (): void => {
    fill();
    element.style.display = "none";
    events.onClose();
  };
  cancel.addEventListener("click", close);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const [anchor = "", positive = "", negative = ""] = fields.map((field) => field.value.trim());
    const empty = fields.find((field) => field.value.trim() === "");
    if (empty) return empty.focus();
    events.onSubmit({ anchor, positive, negative });
    if (submit.textContent === "Change") return close();
    fill();
    fields[0]!.focus();
  });
  return {
    element,
    open,
    giveBack(purpose, typed) {
      if (element.style.display !== "none" && fields.some((field) => field.value !== "")) {
        return false;
      }
      open(purpose, typed);
      for (const field of fields) markTyped(field, true);
      return true;
    },
  };
}
