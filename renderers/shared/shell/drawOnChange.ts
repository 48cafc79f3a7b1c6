import { follow, type Signal } from "../kernel/signal.ts";
import type { Theme } from "../look/theme.ts";
import type { FigureShell } from "./figureShell.ts";

/** Draws once a frame at most: after a change of width, theme, focus or one of the sources. */
export function drawOnChange(
  shell: FigureShell,
  sources: readonly Pick<Signal<unknown>, "value" | "subscribe">[],
  draw: (widthPx: number, theme: Theme) => void,
): void {
  const { drawing, signal } = shell;
  let scheduled = false;
  let drawn = false;
  const drawNow = (): void => {
    if (signal.aborted || shell.width <= 0) return;
    drawn = true;
    draw(shell.width, shell.theme);
  };
  const schedule = (): void => {
    // The first time at once: what is below must not jump when the output is painted.
    if (!drawn) drawNow();
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      drawNow();
    });
  };
  shell.onLayout(schedule);
  for (const source of sources) follow(source as Signal<unknown>, signal, schedule);
  drawing.addEventListener("focus", schedule);
  drawing.addEventListener("blur", schedule);
}
