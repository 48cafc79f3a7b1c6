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
      growRoom(element, 0);
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

const largestButton = 60;

/** Inside the figure, whose edge it must not leave: an output clips what hangs over. */
function placeBelow(element: HTMLElement, opener: HTMLElement | undefined): void {
  const room = element.offsetParent;
  if (!opener || !room) return;
  const frame = room.getBoundingClientRect();
  const at = opener.getBoundingClientRect();
  const left = Math.min(at.left - frame.left, frame.width - element.offsetWidth);
  // At a button, below it; at a whole drawing, over it.
  const top = at.height > largestButton ? at.top : at.bottom;
  const topPx = Math.round(top - frame.top + 4);
  element.style.left = `${Math.max(0, Math.round(left))}px`;
  element.style.top = `${topPx}px`;
  growRoom(element, topPx + element.offsetHeight);
}

/** What hangs below the figure would be cut off, or cover the next output: the figure grows meanwhile. */
function growRoom(element: HTMLElement, heightPx: number): void {
  const room = element.offsetParent;
  if (room instanceof HTMLElement) room.style.minHeight = heightPx > 0 ? `${heightPx}px` : "";
}

function moveFocus(menu: HTMLElement, step: 1 | -1): void {
  const stops = [...menu.querySelectorAll<HTMLElement>("button, select, input")];
  const root = menu.getRootNode() as ShadowRoot | Document;
  const at = stops.indexOf(root.activeElement as HTMLElement);
  stops[(at + step + stops.length) % stops.length]?.focus();
}
