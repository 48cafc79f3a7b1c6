import type { ValueScale } from "../../kernel/mulan/figures/contract.ts";
import {
  decimalsOf,
  formatCosine,
  formatFixed,
  inkOn,
  niceTicks,
  positionOf,
} from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { colorScaleFor, cssColor } from "../shared/look/colorScales.ts";
import type { KeyedGroup } from "../shared/look/keyedLayer.ts";
import type { Theme } from "../shared/look/theme.ts";
import { barWidth, type HeatmapLayout, labelSize } from "./layout.ts";

/** What distinguishes one label: its whole text, and what is going on with its clip. */
export interface LabelLook {
  readonly key: string;
  readonly full: string;
  readonly selected: boolean;
  readonly playing: boolean;
}

export type LookOf = (position: number) => LabelLook;

/** Row labels, right-aligned before the grid. */
export function rowLabelGroups(layout: HeatmapLayout, lookOf: LookOf, theme: Theme): KeyedGroup[] {
  return layout.rowLabels.map(({ position, x, y, text }) => {
    const look = lookOf(position);
    return {
      key: `row ${look.key}`,
      x,
      y: y + 4,
      content: [labelText(text, look, theme, { "text-anchor": "end" }, `r${position}`)],
    };
  });
}

/** Column labels below the grid, turned where they would touch. */
export function columnLabelGroups(
  layout: HeatmapLayout,
  lookOf: LookOf,
  theme: Theme,
): KeyedGroup[] {
  const { columnTurn: turn } = layout;
  const attributes =
    turn === 0
      ? { "text-anchor": "middle" }
      : { "text-anchor": "end", transform: `rotate(${turn}) translate(0 4)` };
  return layout.columnLabels.map(({ position, x, y, text }) => {
    const look = lookOf(position);
    return {
      key: `column ${look.key}`,
      x,
      y,
      content: [labelText(text, look, theme, attributes, `c${position}`)],
    };
  });
}

function labelText(
  text: string,
  { full, selected, playing }: LabelLook,
  theme: Theme,
  attributes: Readonly<Record<string, string>>,
  at: string,
): SVGElement {
  const sign = playing ? "▶ " : selected ? "● " : "";
  return svg(
    "text",
    {
      ...attributes,
      "font-size": labelSize,
      "font-weight": selected || playing ? 600 : 400,
      fill: selected ? theme.accent : theme.foreground,
      "data-label": at,
      "data-state": playing ? "playing" : selected ? "selected" : undefined,
    },
    svg("title", {}, full),
    // Turned labels end at the grid: their sign stands there too.
    attributes.transform ? text + sign.replace(/(.) /, " $1") : sign + text,
  );
}

/** The value in each cell, in ink that can be read on its colour. */
export function cellTexts(
  layout: HeatmapLayout,
  lines: readonly Float32Array[],
  scale: ValueScale,
  theme: Theme,
): SVGElement[] {
  if (!layout.written) return [];
  const colors = colorScaleFor(scale.kind, theme);
  return lines.flatMap((line, i) =>
    [...line].flatMap((value, j) => {
      if (!Number.isFinite(value)) return [];
      const x = layout.left + (j + 0.5) * layout.cellWidth;
      const y = layout.top + (i + 0.5) * layout.cellHeight + 4;
      const fill = inkOn(colors(positionOf(scale, value)));
      const attributes = { x, y, "text-anchor": "middle", "font-size": 11, fill };
      return svg("text", attributes, formatCosine(value));
    }),
  );
}

const barSteps = 40;
const tickPitch = 14;
/** Of 11-px text. */
const widestLetter = 7;

/** The colour bar with ticks, and what it measures below it. */
export function colorBar(
  { bar, width }: HeatmapLayout,
  scale: ValueScale,
  unit: string,
  theme: Theme,
): SVGElement[] {
  const colors = colorScaleFor(scale.kind, theme);
  const step = bar.height / barSteps;
  const at = (value: number): number => bar.y + bar.height * (1 - positionOf(scale, value));
  const stripes = Array.from({ length: barSteps }, (_, i) =>
    svg("rect", {
      x: bar.x,
      y: bar.y + i * step,
      width: barWidth,
      // Over the next one, so that no seam shows; the last has none.
      height: i < barSteps - 1 ? step + 0.5 : step,
      fill: cssColor(colors, 1 - (i + 0.5) / barSteps),
    }),
  );
  const frame = svg("rect", {
    x: bar.x + 0.5,
    y: bar.y + 0.5,
    width: barWidth - 1,
    height: bar.height - 1,
    fill: "none",
    stroke: theme.border,
  });
  const digits = Math.max(1, Math.min(2, decimalsOf((scale.max - scale.min) / 4)));
  const small = { "font-size": 11, fill: theme.quiet };
  const ticks = ticksOf(scale, bar.height).map((value) =>
    svg(
      "text",
      { x: bar.x + barWidth + 4, y: Math.max(9, at(value) + 4), ...small },
      formatFixed(value, digits),
    ),
  );
  const fits = bar.x + unit.length * widestLetter <= width;
  const place = fits ? { x: bar.x } : { x: width, "text-anchor": "end" };
  const name = svg("text", { ...place, y: bar.y + bar.height + 16, ...small }, unit);
  return [...stripes, frame, ...ticks, name];
}

/** The ends, and round values between them that do not touch them. */
function ticksOf(scale: ValueScale, heightPx: number): number[] {
  const span = scale.max - scale.min;
  const inner = niceTicks(scale.min, scale.max, 4).filter(
    (value) => Math.min(value - scale.min, scale.max - value) * heightPx >= tickPitch * span,
  );
  return [scale.min, ...inner, scale.max];
}
