import { formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import { html, svg } from "../shared/dom.ts";
import { sharedSelection } from "../shared/kernel/selection.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import { elementAt, onPress } from "../shared/look/elementAt.ts";
import { createKeyedLayer } from "../shared/look/keyedLayer.ts";
import { lockedScale } from "../shared/look/lockedScale.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";
import { drawOnChange } from "../shared/shell/drawOnChange.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import {
  cellTexts,
  colorBar,
  columnLabelGroups,
  type LookOf,
  rowLabelGroups,
} from "./drawLabels.ts";
import { type CellEvent, createHeatmap } from "./heatmap.ts";
import { createOutlines } from "./outlines.ts";
import { type Picture, pictureOf } from "./picture.ts";
import type { State } from "./state.ts";
import type { View } from "./view.ts";

export interface CanvasEvents {
  /** By shown position, zoom included. */
  onHover(cell: CellEvent): void;
  onLeave(): void;
  onClick(cell: CellEvent): void;
  /** A label was clicked: its side and its visible position. */
  onLabel(side: "rows" | "columns", position: number): void;
  onEditLabel(side: "rows" | "columns", position: number, at: DOMRect): void;
}

/** Draws the state into the shell's drawing, again whenever something that it shows has changed. */
export function createCanvas(
  shell: FigureShell,
  state: Signal<State>,
  events: CanvasEvents,
): { readonly picture: Picture | undefined } {
  const { drawing, root, signal } = shell;
  const rowLayer = createKeyedLayer();
  const columnLayer = createKeyedLayer();
  const labels = svg("svg", { "aria-hidden": "true" }, rowLayer.element, columnLayer.element);
  const bar = svg("g");
  labels.append(bar);
  const values = svg("svg", { class: "values", "aria-hidden": "true" });
  const heatmap = createHeatmap(root, drawing, events, signal);
  const outlines = createOutlines();
  const area = html("div", { class: "matrix" }, labels, heatmap.element, values, outlines.element);
  for (const layer of [values, outlines.element]) {
    Object.assign(layer.style, { position: "absolute", inset: "0", pointerEvents: "none" });
  }
  drawing.append(area);
  drawing.classList.add("own-cursor");
  listenToLabels(root, labels, events);

  let picture: Picture | undefined;
  let drawnCells: readonly unknown[] | undefined;
  const sources = [state, sharedPlayer().state, sharedSelection().clips, lockedScale()];
  drawOnChange(shell, sources, draw);

  function draw(widthPx: number, theme: Theme): void {
    const now = state.value;
    picture = pictureOf(now, widthPx, textMeasure(theme.fontFamily), lockedScale().value);
    const { layout, lines, shown, rows, columns } = picture;
    drawing.style.minHeight = `${layout.height}px`;
    for (const layer of [labels, values]) {
      layer.setAttribute("width", String(layout.width));
      layer.setAttribute("height", String(layout.height));
    }
    rowLayer.update(rowLabelGroups(layout, looks(now, "rows", rows), theme));
    columnLayer.update(columnLabelGroups(layout, looks(now, "columns", columns), theme));
    bar.replaceChildren(...colorBar(layout, shown.scale, shown.unit, theme));
    values.replaceChildren(...cellTexts(layout, lines, shown.scale, theme));
    outlines.draw(now, picture, theme, root.activeElement === drawing);
    drawing.dataset.shown = `${rows.length}×${columns.length}`;
    drawing.dataset.threshold = formatFixed(now.view.threshold ?? Number.NaN, 2);
    // A cursor that moves changes no cell; and a click on cells that are drawn anew meanwhile would be lost.
    const { figure, view } = now;
    const cells = [figure, widthPx, theme, lockedScale().value, ...cellLook(view)];
    if (drawnCells?.every((part, i) => part === cells[i])) return;
    drawnCells = cells;
    heatmap.draw(layout, lines, shown.scale, theme).then(
      () => {
        drawing.dataset.drawn = "yes";
      },
      (error: unknown) => {
        shell.status.setPassing({ kind: "error", text: `the heatmap was not drawn: ${error}` });
      },
    );
  }
  return {
    get picture() {
      return picture;
    },
  };
}

/** All of a view that its cells show. */
function cellLook(view: View): readonly unknown[] {
  const { rowOrder, columnOrder, normalisation, scaleKind, threshold, rows, columns } = view;
  return [rowOrder, columnOrder, normalisation, scaleKind, threshold, rows, columns];
}

/** How each visible label looks now. */
export function looks(
  { figure }: State,
  side: "rows" | "columns",
  order: readonly number[],
): LookOf {
  const { labels, clips } = figure[side];
  const selected = sharedSelection().clips.value;
  const { clip: playing } = sharedPlayer().state.value;
  return (position) => {
    const index = order[position]!;
    const clip = clips?.[index] ?? null;
    return {
      key: String(index),
      full: labels[index]!,
      selected: clip !== null && selected.has(clip),
      playing: clip !== null && clip === playing,
    };
  };
}

function listenToLabels(root: ShadowRoot, labels: SVGSVGElement, events: CanvasEvents): void {
  const labelOf = (mark: SVGElement | undefined) => {
    const element = mark?.closest<SVGElement>("[data-label]");
    const name = element?.dataset.label;
    if (!element || !name) return undefined;
    const side = name.startsWith("r") ? ("rows" as const) : ("columns" as const);
    return { side, position: Number(name.slice(1)), element };
  };
  onPress(root, labels, (mark) => {
    const label = labelOf(mark);
    if (label) events.onLabel(label.side, label.position);
  });
  labels.addEventListener("dblclick", (event) => {
    const label = labelOf(elementAt(root, event));
    if (label)
      events.onEditLabel(label.side, label.position, label.element.getBoundingClientRect());
  });
}
