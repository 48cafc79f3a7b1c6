import { html, svg } from "../shared/dom.ts";
import { sharedSelection } from "../shared/kernel/selection.ts";
import { follow, type Signal } from "../shared/kernel/signal.ts";
import { createKeyedLayer } from "../shared/look/keyedLayer.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { drawOnChange } from "../shared/shell/drawOnChange.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { rankingGroups } from "./drawRankings.ts";
import { barHeight, layoutRankings, type RankingLayout } from "./layout.ts";
import type { State } from "./state.ts";

/** Draws the rankings into the shell, again whenever something that they show has changed. */
export function createCanvas(
  shell: FigureShell,
  state: Signal<State>,
): { readonly element: SVGSVGElement; readonly layout: RankingLayout | undefined } {
  const { drawing, root, signal } = shell;
  const layer = createKeyedLayer();
  const cursor = svg("rect", { fill: "none", "stroke-width": 2, rx: 2, "aria-hidden": "true" });
  const element = svg("svg", { "aria-hidden": "true" }, layer.element, cursor);
  const note = html("div", { class: "quiet note" });
  drawing.append(element, note);
  drawing.classList.add("own-cursor");
  let layout: RankingLayout | undefined;

  drawOnChange(shell, [state, sharedPlayer().state, sharedSelection().clips], (widthPx, theme) => {
    const now = state.value;
    layout = layoutRankings(now, widthPx, textMeasure(theme.fontFamily));
    element.setAttribute("width", String(layout.width));
    element.setAttribute("height", String(layout.height));
    const { clips } = now.figure.clips;
    const { clip: playing } = sharedPlayer().state.value;
    const selected = sharedSelection().clips.value;
    const lookOf = (index: number) => {
      const clip = clips?.[index] ?? null;
      return {
        selected: clip !== null && selected.has(clip),
        playing: clip !== null && clip === playing,
      };
    };
    layer.update(rankingGroups(layout, now, theme, lookOf));
    note.textContent = layout.note;
    drawing.style.minHeight = "";
    const panel = layout.panels[now.cursor.clip];
    const bar = panel?.bars[now.cursor.rank];
    const shows = panel && bar && root.activeElement === drawing;
    cursor.setAttribute("visibility", shows ? "visible" : "hidden");
    if (!shows) return;
    cursor.setAttribute("x", String(panel.x - 4));
    cursor.setAttribute("y", String(panel.y + bar.y));
    cursor.setAttribute("width", String(layout.panelWidth + 8));
    cursor.setAttribute("height", String(barHeight + 8));
    cursor.setAttribute("stroke", theme.focus);
  });
  follow(state, signal, ({ mode }) => {
    drawing.dataset.mode = mode;
  });
  return {
    element,
    get layout() {
      return layout;
    },
  };
}
