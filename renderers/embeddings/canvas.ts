import { svg } from "../shared/dom.ts";
import { sharedSelection } from "../shared/kernel/selection.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";
import { drawOnChange } from "../shared/shell/drawOnChange.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { spreadMarks } from "./drawSpread.ts";
import { stripImage, stripMarks } from "./drawStrip.ts";
import { type EmbeddingsLayout, layoutEmbeddings } from "./layout.ts";
import type { State } from "./state.ts";

/** Draws strip and spread into the shell, again whenever something that they show has changed. */
export function createCanvas(
  shell: FigureShell,
  state: Signal<State>,
): { readonly element: SVGSVGElement; readonly layout: EmbeddingsLayout | undefined } {
  const { drawing, root } = shell;
  const element = svg("svg", { "aria-hidden": "true" });
  drawing.append(element);
  drawing.classList.add("own-cursor");
  let layout: EmbeddingsLayout | undefined;
  let image: { readonly kind: Theme["kind"]; readonly href: string } | undefined;

  drawOnChange(shell, [state, sharedPlayer().state, sharedSelection().clips], (widthPx, theme) => {
    const now = state.value;
    const { figure, cursor } = now;
    layout = layoutEmbeddings(now, widthPx, textMeasure(theme.fontFamily));
    element.setAttribute("width", String(layout.width));
    element.setAttribute("height", String(layout.height));
    drawing.style.minHeight = `${layout.height}px`;
    if (image?.kind !== theme.kind) image = { kind: theme.kind, href: stripImage(now, theme) };
    const { clip: playing } = sharedPlayer().state.value;
    const selected = sharedSelection().clips.value;
    const marks = stripMarks(layout, now, image.href, theme, (row) => {
      const clip = figure.items.clips?.[row] ?? null;
      return {
        selected: clip !== null && selected.has(clip),
        playing: clip !== null && clip === playing,
      };
    });
    if (figure.pairs) marks.push(...spreadMarks(layout, figure.pairs, theme));
    if (root.activeElement === drawing) {
      marks.push(
        svg("rect", {
          x: layout.left,
          y: cursor.row * layout.rowHeight,
          width: layout.stripWidth,
          height: layout.rowHeight,
          fill: "none",
          stroke: theme.focus,
          "stroke-width": 2,
          class: "cursor",
        }),
      );
    }
    element.replaceChildren(...marks);
  });
  return {
    element,
    get layout() {
      return layout;
    },
  };
}
