import { formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import { html, svg } from "../shared/dom.ts";
import { sharedSelection } from "../shared/kernel/selection.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import { elementAt, onPress } from "../shared/look/elementAt.ts";
import { createKeyedLayer } from "../shared/look/keyedLayer.ts";
import { lockedScale } from "../shared/look/lockedScale.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { prefersStillness, type Theme } from "../shared/look/theme.ts";
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
import { createGlide } from "./glide.ts";
import { placesBefore } from "./glidePlaces.ts";
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
  const glide = createGlide(signal);
  const outlines = createOutlines();
  const layers = [labels, heatmap.element, glide.element, values, outlines.element];
  const area = html("div", { class: "matrix" }, ...layers);
  for (const layer of [values, outlines.element]) {
    Object.assign(layer.style, { position: "absolute", inset: "0", pointerEvents: "none" });
  }
  drawing.append(area);
  drawing.classList.add("own-cursor");
  listenToLabels(root, labels, events);

  let picture: Picture | undefined;
  let drawn: { readonly view: View; readonly frame: readonly unknown[] } | undefined;
  let latest: Picture | undefined;
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
    const frame = [figure, widthPx, theme, lockedScale().value];
    const sameFrame = drawn?.frame.every((part, i) => part === frame[i]);
    if (drawn && sameFrame && sameCells(drawn.view, view)) return;
    const before = drawn && sameFrame && !prefersStillness() && placesBefore(drawn.view, view);
    drawn = { view, frame };
    drawCells(picture, theme, before || undefined).catch((error: unknown) => {
      glide.hide();
      shell.status.setPassing({ kind: "error", text: `the heatmap was not drawn: ${error}` });
    });
  }

  /** Plotly draws after the cells have come to their places: what takes its time would stop them on the way. */
  async function drawCells(
    next: Picture,
    theme: Theme,
    before: ReturnType<typeof placesBefore>,
  ): Promise<void> {
    const { layout, lines, shown } = next;
    latest = next;
    if (before) {
      const moving = { layout, lines, scale: shown.scale, theme };
      // Numbers would stand still on cells that move.
      values.style.visibility = "hidden";
      await glide.run({ ...moving, rowsBefore: before.rows, columnsBefore: before.columns });
      if (latest !== next) return;
    }
    await heatmap.draw(layout, lines, shown.scale, theme);
    if (latest !== next) return;
    glide.hide();
    values.style.visibility = "";
    drawing.dataset.drawn = "yes";
  }
  return {
    get picture() {
      return picture;
    },
  };
}

/** Whether two views show the same cells in the same places. */
function sameCells(a: View, b: View): boolean {
  const look = ({ rowOrder, columnOrder, normalisation, scaleKind, threshold, ...view }: View) => [
    ...[rowOrder, columnOrder, normalisation, scaleKind, threshold],
    ...[view.rows, view.columns],
  ];
  const other = look(b);
  return look(a).every((part, i) => part === other[i]);
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
