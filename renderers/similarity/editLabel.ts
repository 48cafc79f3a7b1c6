import { html } from "../shared/dom.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { markTyped } from "../shared/shell/halfTyped.ts";
import { keepTyping } from "../shared/shell/keys.ts";

export interface LabelEvents {
  onAccept(text: string): void;
  /** Accepted or given up; not called where the figure is drawn anew, which opens it again. */
  onEnd(): void;
}

/** Lets a person type over a label. Enter accepts, Esc and leaving give up. */
export function editLabel(
  shell: FigureShell,
  text: string,
  at: { readonly left: number; readonly top: number },
  { onAccept, onEnd }: LabelEvents,
): void {
  const field = html("input", { type: "text", "aria-label": "Edit prompt", maxlength: 300 });
  field.value = text;
  Object.assign(field.style, {
    position: "absolute",
    zIndex: "15",
    left: `${Math.max(0, at.left)}px`,
    top: `${at.top}px`,
    width: `${Math.min(320, shell.width)}px`,
  });
  let ended = false;
  const end = (giveFocusBack: boolean): void => {
    // Taking away a field that has the focus blurs it, which ends it again.
    if (ended || shell.signal.aborted) return;
    ended = true;
    onEnd();
    field.remove();
    if (giveFocusBack) shell.drawing.focus({ preventScroll: true });
  };
  keepTyping(field);
  field.addEventListener("input", () => markTyped(field, true));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") end(true);
    if (event.key !== "Enter") return;
    const typed = field.value.trim();
    end(true);
    if (typed !== "" && typed !== text) onAccept(typed);
  });
  field.addEventListener("blur", () => end(false));
  shell.drawing.append(field);
  field.focus();
  field.select();
}
