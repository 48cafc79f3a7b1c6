import type { ValueScale } from "../../kernel/mulan/figures/contract.ts";
import { html } from "../shared/dom.ts";
import { colorScaleFor, cssColor } from "../shared/look/colorScales.ts";
import type { Theme } from "../shared/look/theme.ts";
import { adoptPlotlyStyle } from "../shared/plotly/adoptPlotlyStyle.ts";
import type { HeatmapLayout } from "./layout.ts";

/** The cell under the pointer, by shown position; px from the drawing's corner. */
export interface CellEvent {
  readonly row: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
}

export interface Heatmap {
  readonly element: HTMLElement;
  /** Draws rows of values at the layout's place; missing values are left open. */
  draw(
    layout: HeatmapLayout,
    lines: readonly Float32Array[],
    scale: ValueScale,
    theme: Theme,
  ): Promise<void>;
}

interface HeatmapEvents {
  onHover(cell: CellEvent): void;
  onLeave(): void;
  onClick(cell: CellEvent): void;
}

/** What Plotly adds to the element that it draws in. */
interface PlotlyElement extends HTMLElement {
  on?(name: string, listener: (event: PlotlyCellEvent) => void): void;
}
interface PlotlyCellEvent {
  readonly points: readonly { readonly pointNumber: readonly [number, number] }[];
  readonly event: MouseEvent;
}

const colorStops = 32;

/** Plotly's heatmap without its axes, margins and words: labels are text of ours, never Plotly's pseudo-HTML. */
export function createHeatmap(
  root: ShadowRoot,
  drawing: HTMLElement,
  events: HeatmapEvents,
  signal: AbortSignal,
): Heatmap {
  const element: PlotlyElement = html("div", { class: "heatmap" });
  element.style.position = "absolute";
  let listening = false;
  const plotly = import("../shared/plotly/plotly.ts").then((module) => module.default);
  signal.addEventListener("abort", () => void plotly.then((it) => it.purge(element)));

  const toCell = ({ points, event }: PlotlyCellEvent): CellEvent | undefined => {
    const at = points[0]?.pointNumber;
    if (!at) return undefined;
    const frame = drawing.getBoundingClientRect();
    const x = event.clientX - frame.left;
    const y = event.clientY - frame.top;
    return { row: at[0], column: at[1], x, y, shift: event.shiftKey };
  };

  return {
    element,
    async draw(layout, lines, scale, theme) {
      const it = await plotly;
      if (signal.aborted) return;
      adoptPlotlyStyle(root);
      const { left, top, cellWidth, cellHeight } = layout;
      const width = cellWidth * (lines[0]?.length ?? 0);
      const height = cellHeight * lines.length;
      Object.assign(element.style, px({ left, top, width, height }));
      const colors = colorScaleFor(scale.kind, theme);
      const colorscale = Array.from({ length: colorStops + 1 }, (_, i): [number, string] => [
        i / colorStops,
        cssColor(colors, i / colorStops),
      ]);
      const axis = { visible: false, fixedrange: true, ticks: "" } as const;
      await it.react(
        element,
        [
          {
            type: "heatmap",
            // Plotly takes rows of typed arrays as they are.
            z: lines as unknown as number[][],
            zmin: scale.min,
            zmax: scale.max,
            colorscale,
            showscale: false,
            hoverinfo: "none",
            hoverongaps: false,
          },
        ],
        {
          width,
          height,
          margin: { l: 0, r: 0, t: 0, b: 0 },
          xaxis: { ...axis },
          yaxis: { ...axis, autorange: "reversed" },
          paper_bgcolor: "rgba(0,0,0,0)",
          plot_bgcolor: "rgba(128,128,128,0.12)",
          dragmode: false,
        },
        {
          displayModeBar: false,
          displaylogo: false,
          showSendToCloud: false,
          doubleClick: false,
          // Of two quick clicks Plotly would swallow the second, which stops what the first began to play.
          doubleClickDelay: 0,
        },
      );
      if (listening) return;
      listening = true;
      element.on?.("plotly_hover", (event) => {
        const cell = toCell(event);
        if (cell) events.onHover(cell);
      });
      element.on?.("plotly_unhover", events.onLeave);
      element.on?.("plotly_click", (event) => {
        const cell = toCell(event);
        if (cell) events.onClick(cell);
      });
    },
  };
}

function px(sizes: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, `${size}px`]));
}
