import { html } from "../dom.ts";

/** A box that opens at a button and closes on Esc, on a click elsewhere and when the focus goes. */
export interface Menu {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

export interface MenuOptions {
  readonly label: string;
  /** Gets the focus back, and says whether the menu is open. */
  readonly opener?: HTMLElement;
  /** Made anew at each opening. */
  fill(menu: HTMLElement): void;
}

export function createMenu({ label, opener, fill }: MenuOptions): Menu {
  const element = html("div", { class: "menu", role: "dialog", "aria-label": label, tabindex: -1 });
  element.hidden = true;

  const onPointerDown = (event: Event): void => {
    const path = event.composedPath();
    if (!path.includes(element) && !(opener && path.includes(opener))) menu.close();
  };
  const menu: Menu = {
    element,
    get isOpen() {
      return !element.hidden;
    },
    open() {
      element.replaceChildren();
      fill(element);
      element.hidden = false;
      opener?.setAttribute("aria-expanded", "true");
      placeBelow(element, opener);
      const first = element.querySelector<HTMLElement>("button, select, input");
      (first ?? element).focus({ preventScroll: true });
      document.addEventListener("pointerdown", onPointerDown, true);
    },
    close() {
      if (element.hidden) return;
      const hadFocus = element.matches(":focus-within");
      element.hidden = true;
      opener?.setAttribute("aria-expanded", "false");
      if (hadFocus) opener?.focus({ preventScroll: true });
      document.removeEventListener("pointerdown", onPointerDown, true);
    },
  };
  element.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "?") {
      event.preventDefault();
      menu.close();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      moveFocus(element, event.key === "ArrowDown" ? 1 : -1);
    }
  });
  return menu;
}

/** Inside the figure, whose edge it must not leave: an output clips what hangs over. */
function placeBelow(element: HTMLElement, opener: HTMLElement | undefined): void {
  const room = element.offsetParent;
  if (!opener || !room) return;
  const frame = room.getBoundingClientRect();
  const at = opener.getBoundingClientRect();
  const left = Math.min(at.left - frame.left, frame.width - element.offsetWidth);
  element.style.left = `${Math.max(0, Math.round(left))}px`;
  element.style.top = `${Math.round(at.bottom - frame.top + 4)}px`;
}

function moveFocus(menu: HTMLElement, step: 1 | -1): void {
  const stops = [...menu.querySelectorAll<HTMLElement>("button, select, input")];
  const root = menu.getRootNode() as ShadowRoot | Document;
  const at = stops.indexOf(root.activeElement as HTMLElement);
  stops[(at + step + stops.length) % stops.length]?.focus();
}
