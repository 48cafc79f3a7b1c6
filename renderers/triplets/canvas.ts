import { svg } from "../shared/dom.ts";
import { sharedSelection } from "../shared/kernel/selection.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import { createKeyedLayer } from "../shared/look/keyedLayer.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { drawOnChange } from "../shared/shell/drawOnChange.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { axisMarks, rowGroups } from "./drawRows.ts";
import { layoutTriplets } from "./layout.ts";
import type { State } from "./state.ts";

/** Draws the triplets into the shell, again whenever something that they show has changed. */
export function createCanvas(shell: FigureShell, state: Signal<State>): SVGSVGElement {
  const { drawing, root } = shell;
  const axis = svg("g");
  const layer = createKeyedLayer();
  const cursor = svg("g");
  const element = svg("svg", { "aria-hidden": "true" }, axis, layer.element, cursor);
  drawing.append(element);
  drawing.classList.add("own-cursor");

  drawOnChange(shell, [state, sharedPlayer().state, sharedSelection().clips], (widthPx, theme) => {
    const now = state.value;
    const layout = layoutTriplets(now, widthPx, textMeasure(theme.fontFamily));
    element.setAttribute("width", String(layout.width));
    element.setAttribute("height", String(layout.height));
    drawing.style.minHeight = `${layout.height}px`;
    const { clip: playing } = sharedPlayer().state.value;
    const selected = sharedSelection().clips.value;
    axis.replaceChildren(...axisMarks(layout, theme));
    layer.update(
      rowGroups(layout, theme, (clip) => ({
        selected: clip !== null && selected.has(clip),
        playing: clip !== null && clip === playing,
      })),
    );
    const place = layout.rows[now.cursor.row];
    const member = place?.members[now.cursor.member];
    if (!place || !member || root.activeElement !== drawing) {
      cursor.replaceChildren();
      return;
    }
    const { x, y, width } = member;
    cursor.replaceChildren(
      svg("rect", {
        x: 0.5,
        y: place.y + 0.5,
        width: layout.width - 1,
        height: layout.pitch - 1,
        rx: 2,
        fill: "none",
        stroke: theme.focus,
        "pointer-events": "none",
      }),
      svg("rect", {
        x: x - 4,
        y: place.y + y + 4,
        width: width + 8,
        height: 2,
        fill: theme.focus,
        "pointer-events": "none",
      }),
    );
  });
  return element;
}
