import { formatMargin } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import type { KeyedGroup } from "../shared/look/keyedLayer.ts";
import { gridInk, type Theme } from "../shared/look/theme.ts";
import { labelSize, type RowPlace, type TripletsLayout } from "./layout.ts";
import { memberNames } from "./state.ts";

/** What is going on with a clip. */
export type LookOf = (clip: string | null) => {
  readonly selected: boolean;
  readonly playing: boolean;
};

/** A group for each triplet, so that rows glide when one is added. */
export function rowGroups(layout: TripletsLayout, theme: Theme, lookOf: LookOf): KeyedGroup[] {
  return layout.rows.map((place, index) => ({
    key: keyOf(place),
    x: 0,
    y: place.y,
    content: [
      svg("rect", {
        width: layout.width,
        height: layout.pitch,
        fill: "transparent",
        "data-row": index,
      }),
      ...memberMarks(place, index, layout, theme, lookOf),
      ...dumbbell(place, layout, theme),
      marginText(place, layout, theme),
    ],
  }));
}

/** Heads of the columns, ticks and grid of the cosine axis. */
export function axisMarks(layout: TripletsLayout, theme: Theme): SVGElement[] {
  const small = { "font-size": 11, fill: theme.quiet } as const;
  const bottom = layout.top + layout.rows.length * layout.pitch;
  return [
    ...layout.heads.map(({ x, text, end }) =>
      svg("text", { x, y: 12, ...small, ...(end && { "text-anchor": "end" }) }, text),
    ),
    ...layout.ticks.flatMap(({ x, label, zero }) => [
      svg("line", {
        x1: x,
        x2: x,
        y1: layout.top,
        y2: bottom,
        stroke: zero ? theme.quiet : gridInk(theme),
        "stroke-width": zero ? 1 : 0.5,
      }),
      svg("text", { x, y: bottom + 14, ...small, "text-anchor": "middle" }, label),
    ]),
  ];
}

function memberMarks(
  { row, members }: RowPlace,
  index: number,
  layout: TripletsLayout,
  theme: Theme,
  lookOf: LookOf,
): SVGElement[] {
  const colors = dataColors(theme);
  const right = row.margin > 0;
  const sign = svg(
    "text",
    {
      x: 4,
      y: 16,
      "font-size": labelSize,
      "font-weight": 600,
      fill: right ? colors.right : colors.wrong,
    },
    right ? "✓" : "✗",
  );
  const labels = members.map(({ x, y, text }, i) => {
    const look = lookOf(row.clips?.[i] ?? null);
    return svg(
      "text",
      {
        x,
        y,
        "font-size": labelSize,
        "font-weight": look.selected || look.playing ? 600 : 400,
        fill: look.selected ? theme.accent : theme.foreground,
        "data-row": index,
        "data-member": i,
      },
      svg("title", {}, row[memberNames[i]!]),
      look.playing ? text.replace(/^♪/, "▶") : look.selected ? text.replace(/^♪/, "●") : text,
    );
  });
  if (!layout.stacked) return [sign, ...labels];
  const keys = members
    .slice(1)
    .map(({ x, y }, i) =>
      i === 0
        ? disc(x - 9, y - 5, theme.quiet, 3.5)
        : diamond(x - 9, y - 5, theme.quiet, theme.background, 4.5),
    );
  return [sign, ...labels, ...keys];
}

/** Positive as a disc, negative as an open diamond, joined by their margin. */
function dumbbell(
  { row, positive, negative }: RowPlace,
  { middle }: TripletsLayout,
  theme: Theme,
): SVGElement[] {
  if (!Number.isFinite(row.margin)) return [];
  const colors = dataColors(theme);
  const color = row.margin > 0 ? colors.right : colors.wrong;
  return [
    svg("line", {
      x1: negative,
      x2: positive,
      y1: middle,
      y2: middle,
      stroke: color,
      "stroke-width": 2,
      "pointer-events": "none",
    }),
    diamond(negative, middle, color, theme.background, 5.5),
    disc(positive, middle, color, 4.5),
  ];
}

function marginText({ row }: RowPlace, layout: TripletsLayout, theme: Theme): SVGElement {
  const colors = dataColors(theme);
  const right = row.margin > 0;
  return svg(
    "text",
    {
      x: layout.right,
      y: layout.middle + 4,
      "text-anchor": "end",
      "font-size": labelSize,
      "font-weight": right ? 400 : 600,
      fill: right ? colors.right : colors.wrong,
      "pointer-events": "none",
    },
    formatMargin(row.margin),
  );
}

function disc(cx: number, cy: number, fill: string, r: number): SVGElement {
  return svg("circle", { cx, cy, r, fill, "pointer-events": "none" });
}

function diamond(x: number, y: number, stroke: string, fill: string, r: number): SVGElement {
  const d = `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;
  return svg("path", { d, fill, stroke, "stroke-width": 1.5, "pointer-events": "none" });
}

function keyOf({ row }: RowPlace): string {
  return JSON.stringify(memberNames.map((name) => row[name]));
}
