import { html } from "../dom.ts";

/** Says changes to a screen reader. */
export interface Announcer {
  readonly element: HTMLElement;
  say(text: string): void;
}

const pauseMs = 120;

export function createAnnouncer(): Announcer {
  const element = html("div", { class: "announcer", role: "status", "aria-live": "polite" });
  let timer = 0;
  return {
    element,
    // Only the last of a quick series: an arrow key that is held down would talk for minutes.
    say(text) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        element.textContent = text;
      }, pauseMs);
    },
  };
}
