import { html } from "../shared/dom.ts";
import { keepTyping } from "../shared/shell/keys.ts";
import { type MemberName, memberNames } from "./state.ts";

export type Typed = Readonly<Record<MemberName, string>>;

export interface TripletForm {
  readonly element: HTMLElement;
  /** Shows the form, filled with a triplet that is to be changed or empty for a new one. */
  open(purpose: "Add" | "Change", typed?: Typed): void;
  close(): void;
}

export interface FormEvents {
  /** True when the triplet was judged: the form empties or closes. */
  onSubmit(typed: Typed): Promise<boolean>;
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
    keepTyping(field);
  }
  const close = (): void => {
    element.style.display = "none";
    events.onClose();
  };
  cancel.addEventListener("click", close);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [anchor, positive, negative] = fields.map((field) => field.value.trim());
    const empty = fields.find((field) => field.value.trim() === "");
    if (empty) return empty.focus();
    submit.disabled = true;
    const judged = await events.onSubmit({
      anchor: anchor!,
      positive: positive!,
      negative: negative!,
    });
    submit.disabled = false;
    if (!judged) return;
    if (submit.textContent === "Change") return close();
    for (const field of fields) field.value = "";
    fields[0]!.focus();
  });
  return {
    element,
    open(purpose, typed) {
      element.style.display = "flex";
      submit.textContent = purpose;
      fields.forEach((field, i) => {
        field.value = typed?.[memberNames[i]!] ?? "";
      });
      fields[0]!.focus();
    },
    close,
  };
}
