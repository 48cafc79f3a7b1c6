import { svg } from "../shared/dom.ts";
import { sharedSelection } from "../shared/kernel/selection.ts";
import type { Theme } from "../shared/look/theme.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import type { Picture } from "./picture.ts";
import type { State } from "./state.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lines above the cells: selected clips, the clip that sounds, the cell that the keys act on. */
export function createOutlines() {
  const element = svg("svg", { class: "outlines", "aria-hidden": "true" });
  return {
    element,
    draw(state: State, picture: Picture, theme: Theme, focused: boolean): void {
      const { layout } = picture;
      element.setAttribute("width", String(layout.width));
      element.setAttribute("height", String(layout.height));
      const selected = sharedSelection().clips.value;
      const { clip: playing } = sharedPlayer().state.value;
      const marks: SVGElement[] = [];
      for (const box of linesOf(state, picture, (clip) => selected.has(clip))) {
        marks.push(outline(box, theme.accent, "selected"));
      }
      for (const box of linesOf(state, picture, (clip) => clip === playing)) {
        marks.push(
          outline(box, theme.background, "halo", 4),
          outline(box, theme.foreground, "playing"),
        );
      }
      const cell = focused ? cursorBox(state, picture) : undefined;
      if (cell) {
        marks.push(
          outline(cell, theme.background, "halo", 5),
          outline(cell, theme.focus, "cursor", 3),
        );
      }
      element.replaceChildren(...marks);
    },
  };
}

/** A box around each visible row and column whose clip is meant. */
function linesOf({ figure }: State, picture: Picture, isMeant: (clip: string) => boolean): Box[] {
  const { layout, rows, columns } = picture;
  const { left, top, cellWidth, cellHeight } = layout;
  const boxes: Box[] = [];
  rows.forEach((index, position) => {
    const clip = figure.rows.clips?.[index];
    if (!clip || !isMeant(clip)) return;
    const y = top + position * cellHeight;
    boxes.push({ x: left, y, width: columns.length * cellWidth, height: cellHeight });
  });
  columns.forEach((index, position) => {
    const clip = figure.columns.clips?.[index];
    if (!clip || !isMeant(clip)) return;
    const x = left + position * cellWidth;
    boxes.push({ x, y: top, width: cellWidth, height: rows.length * cellHeight });
  });
  return boxes;
}

function cursorBox({ view }: State, { layout }: Picture): Box | undefined {
  const row = view.cursor.row - view.rows.from;
  const column = view.cursor.column - view.columns.from;
  if (row < 0 || row >= view.rows.count || column < 0 || column >= view.columns.count) {
    return undefined;
  }
  const { left, top, cellWidth: width, cellHeight: height } = layout;
  return { x: left + column * width, y: top + row * height, width, height };
}

function outline(box: Box, stroke: string, kind: string, strokeWidth = 2): SVGElement {
  return svg("rect", {
    ...box,
    rx: 1,
    fill: "none",
    stroke,
    "stroke-width": strokeWidth,
    class: kind,
  });
}
