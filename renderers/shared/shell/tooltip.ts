import { html } from "../dom.ts";

/** A small box beside the pointer, inside the drawing. */
export interface Tooltip {
  readonly element: HTMLElement;
  /** @param x,y px from the drawing's corner */
  show(x: number, y: number, ...content: readonly (Node | string)[]): void;
  hide(): void;
}

const distance = 12;

export function createTooltip(): Tooltip {
  // Hidden from screen readers: the announcer says the same.
  const element = html("div", { class: "tooltip", "aria-hidden": "true" });
  element.hidden = true;
  return {
    element,
    show(x, y, ...content) {
      element.replaceChildren(...content);
      element.hidden = false;
      const room = element.offsetParent;
      if (!room) return;
      const { offsetWidth: width, offsetHeight: height } = element;
      const fitsRight = x + distance + width <= room.clientWidth;
      const left = fitsRight ? x + distance : x - distance - width;
      const top = y + distance + height <= room.clientHeight ? y + distance : y - distance - height;
      element.style.left = `${Math.max(0, Math.min(left, room.clientWidth - width))}px`;
      element.style.top = `${Math.max(0, top)}px`;
    },
    hide() {
      element.hidden = true;
    },
  };
}
