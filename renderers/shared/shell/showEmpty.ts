import { html } from "../dom.ts";
import type { FigureShell } from "./figureShell.ts";

/** In place of a drawing that has nothing to show: why, and the line of code that fills it. */
export function showEmpty(shell: FigureShell, why: string, code: string): void {
  shell.drawing.style.minHeight = "";
  shell.drawing.replaceChildren(html("div", { class: "empty" }, `${why} `, html("code", {}, code)));
}
