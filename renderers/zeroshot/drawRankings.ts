import { formatCosine, formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import type { KeyedGroup } from "../shared/look/keyedLayer.ts";
import { gridInk, type Theme } from "../shared/look/theme.ts";
import { type Bar, barHeight, labelSize, type Panel, type RankingLayout } from "./layout.ts";
import type { State } from "./state.ts";

/** What is going on with a clip. */
export interface ClipLook {
  readonly selected: boolean;
  readonly playing: boolean;
}

/** Groups by clip and label, so that a label glides to its new rank. */
export function rankingGroups(
  layout: RankingLayout,
  state: State,
  theme: Theme,
  lookOf: (clip: number) => ClipLook,
): KeyedGroup[] {
  return layout.panels.flatMap((panel) => [
    headGroup(panel, layout, state, theme, lookOf(panel.clip)),
    ...panel.bars.map((bar, rank) => ({
      key: `${panel.clip} ${state.figure.labels[bar.label]}`,
      x: panel.x,
      y: panel.y + bar.y,
      content: barMarks(bar, rank, layout, state, theme, panel.clip),
    })),
  ]);
}

function headGroup(
  { clip, x, y, title, bars }: Panel,
  layout: RankingLayout,
  { figure }: State,
  theme: Theme,
  { selected, playing }: ClipLook,
): KeyedGroup {
  const sign = playing ? "▶ " : selected ? "● " : "";
  const bottom = layout.barsTop + bars.length * 20;
  const content = [
    svg(
      "text",
      {
        y: 14,
        "font-size": labelSize,
        "font-weight": 600,
        fill: selected ? theme.accent : theme.foreground,
        "data-clip": clip,
      },
      svg("title", {}, figure.clips.labels[clip]!),
      sign + title,
    ),
    svg("line", {
      x1: layout.zero,
      x2: layout.zero,
      y1: layout.barsTop - 2,
      y2: bottom,
      stroke: gridInk(theme),
    }),
  ];
  return { key: `head ${clip}`, x, y, content };
}

function barMarks(
  bar: Bar,
  rank: number,
  layout: RankingLayout,
  { figure, mode }: State,
  theme: Theme,
  clip: number,
): SVGElement[] {
  const colors = dataColors(theme);
  const first = rank === 0;
  const name = `${figure.labels[bar.label]}, cosine ${formatFixed(bar.score, 3)}`;
  const marks: SVGElement[] = [
    svg("rect", {
      width: layout.panelWidth,
      height: 20,
      fill: "transparent",
      "data-clip": clip,
      "data-rank": rank,
    }),
    text(bar.text, layout.labelEnd, theme.foreground, { "text-anchor": "end" }, first),
    svg("rect", {
      class: "fade",
      x: bar.from,
      y: 4,
      width: Math.max(0.5, bar.to - bar.from),
      height: barHeight,
      fill: theme.highContrast ? "none" : first ? colors.strong : colors.weak,
      ...(theme.highContrast && { stroke: first ? colors.strong : theme.foreground }),
    }),
  ];
  if (bar.baseline !== null) {
    marks.push(
      svg("line", {
        x1: bar.baseline,
        x2: bar.baseline,
        y1: 2,
        y2: barHeight + 6,
        stroke: theme.foreground,
        "stroke-width": 1.5,
      }),
    );
  }
  const small = { "text-anchor": "end", "font-size": 11 } as const;
  if (mode === "softmax") {
    const before = layout.valueEnd - 40;
    marks.push(text(formatFixed(bar.share, 2), before, theme.foreground, small, first));
    marks.push(text(formatCosine(bar.score), layout.valueEnd, theme.quiet, small, false));
  } else {
    marks.push(text(formatCosine(bar.score), layout.valueEnd, theme.foreground, small, first));
  }
  const group = svg("g", { "aria-label": name, "pointer-events": "none" }, ...marks.slice(1));
  return [marks[0]!, group];
}

function text(
  content: string,
  x: number,
  fill: string,
  attributes: Readonly<Record<string, string | number>>,
  bold: boolean,
): SVGElement {
  const all = { x, y: 14, fill, "font-size": labelSize, ...attributes };
  return svg("text", { ...all, ...(bold && { "font-weight": 600 }) }, content);
}
