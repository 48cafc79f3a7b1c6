import type { Panel } from "../../kernel/mulan/figures/contractReportLook.ts";
import { html, setAttributes, svg } from "../shared/dom.ts";
import { sharedSelection } from "../shared/kernel/selection.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import { createKeyedLayer } from "../shared/look/keyedLayer.ts";
import type { Theme } from "../shared/look/theme.ts";
import { drawOnChange } from "../shared/shell/drawOnChange.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { createPen } from "./createPen.ts";
import { drawClips } from "./drawClips.ts";
import { hitElements, markElements } from "./marks.ts";
import { sectionsNow } from "./sectionsNow.ts";
import type { State } from "./state.ts";
import type { ListDrawing, ReportView } from "./views/view.ts";

/** Below this the details stand under the list. */
const besideFrom = 720;
const columnGap = 32;
const partGap = 16;
const listHeight = { beside: 544, above: 264 };
/** So that a bar of its own never lies on numbers. */
const scrollRoom = 14;
/** Between the edge of a row under the cursor and its words. */
const rowPad = 4;

export interface Canvas {
  /** What hears presses: rows, and clips of the details. */
  readonly list: SVGSVGElement;
  readonly detail: SVGSVGElement;
  /** Below the details, for buttons. */
  readonly actions: HTMLElement;
}

/** Overview, list and details in the shell, drawn again whenever something that they show has changed. */
export function createCanvas(shell: FigureShell, view: ReportView, state: Signal<State>): Canvas {
  const { drawing, root } = shell;
  const hidden = { "aria-hidden": "true" } as const;
  const overview = svg("svg", { ...hidden, "data-part": "overview" });
  const head = svg("svg", hidden);
  const layer = createKeyedLayer();
  const cursor = svg("rect", { rx: 2, "pointer-events": "none" });
  const list = svg("svg", { ...hidden, "data-part": "list" }, cursor, layer.element);
  const box = html("div", { tabindex: -1, class: "rows" }, list);
  const foot = svg("svg", hidden);
  const empty = html("div", { class: "empty", hidden: true });
  const left = html("div", {}, head, box, foot, empty);
  const item = svg("rect", { rx: 2, "pointer-events": "none" });
  const marks = svg("g");
  const detail = svg("svg", { ...hidden, "data-part": "detail" }, item, marks);
  const actions = html("div", { class: "controls", role: "group", "aria-label": "Ranking" });
  const right = html("div", {}, detail, actions);
  const both = html("div", {}, left, right);
  Object.assign(both.style, {
    display: "flex",
    gap: `${partGap}px ${columnGap}px`,
    flexWrap: "wrap",
  });
  Object.assign(box.style, { overflowY: "auto", overflowX: "hidden", outline: "none" });
  Object.assign(actions.style, { marginTop: "8px", opacity: "1" });
  for (const beside of [head, foot]) beside.style.marginLeft = `${rowPad}px`;
  overview.style.marginBottom = `${partGap}px`;
  drawing.append(overview, both);
  drawing.classList.add("own-cursor");

  let drawnList: { readonly key: readonly unknown[]; readonly list: ListDrawing } | undefined;
  let shownCursor = -2;
  let overviewKey: readonly unknown[] = [];

  const sources = [state, sharedPlayer().state, sharedSelection().clips];
  drawOnChange(shell, sources, (widthPx, theme) => {
    const now = state.value;
    const pen = createPen(theme);
    const beside = view.sideBySide && widthPx >= besideFrom;
    const leftWidth = beside ? Math.round((widthPx - columnGap) * 0.47) : widthPx;
    const rightWidth = beside ? widthPx - columnGap - leftWidth : widthPx;
    drawOverview(pen, widthPx, theme);
    left.style.width = `${leftWidth}px`;
    right.style.width = `${rightWidth}px`;
    const drawn = drawList(leftWidth, theme, now, beside);
    placeCursor(drawn, leftWidth, theme, now);
    drawDetail(rightWidth, theme, now);
  });

  function drawOverview(pen: ReturnType<typeof createPen>, widthPx: number, theme: Theme): void {
    const key = [widthPx, theme];
    if (isSame(key, overviewKey)) return;
    overviewKey = key;
    const room = { left: 0, top: 0, width: widthPx };
    fill(overview, view.overview(pen, room), widthPx);
  }

  function drawList(width: number, theme: Theme, now: State, beside: boolean): ListDrawing {
    const key = [width, theme, now.sort, now.order];
    if (drawnList && isSame(key, drawnList.key)) return drawnList.list;
    const pen = createPen(theme);
    const made = view.list(pen, now.order, width - scrollRoom - rowPad, now.sort);
    drawnList = { key, list: made };
    shownCursor = -2;
    fill(head, made.head, width - rowPad);
    fill(foot, made.foot ?? { marks: [], hits: [], height: 0 }, width - rowPad);
    const height = now.order.length * made.pitch;
    box.style.height = `${Math.min(height, beside ? listHeight.beside : listHeight.above)}px`;
    setAttributes(list, { width: width - scrollRoom + rowPad, height });
    empty.hidden = now.order.length > 0;
    empty.textContent = `no ${view.noun} matches “${now.filter.trim()}”`;
    const across = { x: -rowPad, width: width - scrollRoom + rowPad };
    layer.update(
      now.order.map((row, i) => ({
        key: String(row),
        x: rowPad,
        y: i * made.pitch,
        content: [
          ...markElements(made.row(row)),
          ...hitElements([{ ...across, part: "row", index: row, y: 0, height: made.pitch }]),
        ],
      })),
    );
    return made;
  }

  function placeCursor({ pitch }: ListDrawing, width: number, theme: Theme, now: State): void {
    const top = now.cursor * pitch;
    const focused = root.activeElement === drawing && now.side === "list";
    setAttributes(cursor, {
      x: 0.5,
      y: top + 0.5,
      width: width - scrollRoom + rowPad - 1,
      height: now.cursor < 0 ? 0 : pitch - 1,
      fill: theme.highContrast ? "none" : theme.quiet,
      "fill-opacity": 0.16,
      stroke: focused ? theme.focus : theme.highContrast ? theme.quiet : "none",
    });
    if (now.cursor === shownCursor) return;
    shownCursor = now.cursor;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + pitch > box.scrollTop + box.clientHeight) {
      box.scrollTop = top + pitch - box.clientHeight;
    }
  }

  function drawDetail(width: number, theme: Theme, now: State): void {
    const row = now.order[now.cursor];
    right.style.display = row === undefined ? "none" : "";
    if (row === undefined) return;
    const pen = createPen(theme);
    const plots = view.detail(pen, row, { left: 0, top: 0, width }, now.sort, now.chosen);
    const top = plots.height > 0 ? plots.height + 8 : 0;
    const { clip: playing } = sharedPlayer().state.value;
    const selected = sharedSelection().clips.value;
    const clips = drawClips(pen, sectionsNow(view, now), { left: 0, top, width }, (clip) => ({
      selected: clip !== null && selected.has(clip),
      playing: clip !== null && clip === playing,
    }));
    marks.replaceChildren(
      ...markElements([...plots.marks, ...clips.marks]),
      ...hitElements(clips.hits),
    );
    setAttributes(detail, { width, height: top + clips.height });
    const place = clips.hits[now.item];
    const focused = root.activeElement === drawing && now.side === "detail";
    setAttributes(item, {
      x: 0.5,
      y: (place?.y ?? 0) + 0.5,
      width: width - 1,
      height: place && focused ? place.height - 1 : 0,
      fill: "none",
      stroke: focused ? theme.focus : "none",
    });
  }

  return { list, detail, actions };
}

function fill(element: SVGSVGElement, panel: Panel, width: number): void {
  element.replaceChildren(...markElements(panel.marks));
  setAttributes(element, { width, height: panel.height });
  element.style.display = panel.height > 0 ? "" : "none";
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
