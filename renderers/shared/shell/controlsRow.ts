import { html } from "../dom.ts";
import type { Control } from "./controls.ts";
import { createMenu, type Menu } from "./menu.ts";

const maxVisible = 5;

/** What stands below the controls in the "…" menu. */
export interface MenuEntry {
  readonly label: string;
  readonly key?: string;
  run(): void;
}

/** One row; what exceeds five or the width goes under "…". */
export interface ControlsRow {
  readonly element: HTMLElement;
  readonly menu: Menu;
  add(...controls: readonly Control[]): void;
  addEntries(...entries: readonly MenuEntry[]): void;
  /** Shows or hides the controls that need a kernel. @param audible sound can be heard even without one */
  setLive(live: boolean, audible?: boolean): void;
  /** To be called when the figure's width has changed. */
  arrange(): void;
}

export function createControlsRow(): ControlsRow {
  const controls: Control[] = [];
  const entries: MenuEntry[] = [];
  let live = false;
  let audible = false;
  let hidden: Control[] = [];
  const more = html(
    "button",
    {
      type: "button",
      class: "control icon",
      "aria-label": "More",
      title: "More",
      "aria-haspopup": "dialog",
    },
    "…",
  );
  const element = html("div", { class: "controls", role: "toolbar", "aria-label": "Controls" });
  const menu = createMenu({
    label: "More controls",
    opener: more,
    fill(box) {
      box.append(...hidden.map((control) => control.element));
      if (hidden.length > 0 && entries.length > 0) box.append(html("hr"));
      box.append(...entries.map(entryButton));
    },
  });
  more.addEventListener("click", () => (menu.isOpen ? menu.close() : menu.open()));

  function entryButton({ label, key, run }: MenuEntry): HTMLElement {
    const title = key ? `${label} (${key})` : label;
    const item = html("button", { type: "button", title }, label);
    item.addEventListener("click", () => {
      menu.close();
      run();
    });
    return item;
  }

  const row: ControlsRow = {
    element,
    menu,
    add(...added) {
      controls.push(...added);
      row.arrange();
    },
    addEntries(...added) {
      entries.push(...added);
      row.arrange();
    },
    setLive(next, hasSound = next) {
      live = next;
      audible = hasSound;
      row.arrange();
    },
    arrange() {
      menu.close();
      const focused = (element.getRootNode() as ShadowRoot | Document).activeElement;
      const usable = controls.filter(
        (control) => live || !control.live || (audible && control.live === "sound"),
      );
      const visible = usable.slice(0, maxVisible);
      const show = (): void => {
        hidden = usable.slice(visible.length);
        const needsMore = hidden.length > 0 || entries.length > 0;
        element.replaceChildren(
          ...visible.map((control) => control.element),
          ...(needsMore ? [more] : []),
        );
      };
      show();
      while (visible.length > 1 && element.scrollWidth > element.clientWidth) {
        visible.pop();
        show();
      }
      // Taking an element out of the page, if only for a moment, takes its focus.
      if (focused instanceof HTMLElement && element.contains(focused)) focused.focus();
    },
  };
  return row;
}
