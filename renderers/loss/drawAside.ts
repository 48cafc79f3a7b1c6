import { decodeFloat16 } from "../../kernel/mulan/figures/contract.ts";
import {
  decimalsOf,
  diamondPath,
  formatFixed,
  niceTicks,
} from "../../kernel/mulan/figures/contractLook.ts";
import { turned } from "../../kernel/mulan/figures/contractLoss.ts";
import { svg } from "../shared/dom.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import { gridInk, type Theme } from "../shared/look/theme.ts";
import { courseOf, type LossLayout, sphereOf } from "./layout.ts";
import { type Derived, pointsOf, type State } from "./state.ts";

/** Each pair's loss beside its row. */
export function barMarks(
  { perPair, size }: Derived,
  layout: LossLayout,
  theme: Theme,
): SVGElement[] {
  const { aside, matrix } = layout;
  if (aside.top !== matrix.top) return [];
  const { strong } = dataColors(theme);
  const low = Math.min(0, ...perPair);
  const high = Math.max(0, ...perPair) || 1;
  const width = aside.width - 56;
  const x = (value: number): number => aside.left + ((value - low) / (high - low)) * width;
  const cell = matrix.side / size;
  const quiet = { "font-size": 11, style: `fill: ${theme.quiet}` };
  const bars = Array.from(perPair, (loss, i) => {
    const [from, to] = [x(Math.min(0, loss)), x(Math.max(0, loss))];
    const place = { x: from, y: matrix.top + i * cell + cell * 0.15 };
    const shape = { width: Math.max(1, to - from), height: Math.max(0.5, cell * 0.7) };
    return svg("rect", { ...place, ...shape, fill: strong, "data-part": "pair" });
  });
  const numbers =
    cell < 12
      ? []
      : Array.from(perPair, (loss, i) => {
          const place = { x: x(Math.max(0, loss)) + 4, y: matrix.top + (i + 0.5) * cell + 4 };
          return svg("text", { ...place, ...quiet }, formatFixed(loss, 2));
        });
  const zero = { x1: x(0), x2: x(0), y1: matrix.top, y2: matrix.top + matrix.side };
  return [
    svg("text", { x: aside.left, y: matrix.top - 6, ...quiet }, "loss of each pair, nats"),
    ...bars,
    svg("line", { ...zero, stroke: theme.quiet }),
    ...numbers,
  ];
}

/** Audio as discs, text as diamonds on a sphere that can be turned; what is behind is paler. */
export function sphereMarks(state: State, layout: LossLayout, theme: Theme): SVGElement[] {
  const { left, top, side } = sphereOf(layout);
  const quiet = { "font-size": 11, style: `fill: ${theme.quiet}` };
  const points = pointsOf(state);
  if (!points) {
    const words = "no sphere: points have other than 3 numbers";
    return [svg("text", { x: left, y: top + 14, ...quiet }, words)];
  }
  const { strong, other } = dataColors(theme);
  const n = state.figure.batchSize;
  const middle = { x: left + side / 2, y: top + side / 2 };
  const radius = side / 2 - 6;
  const place = (at: number) => {
    const point = [points[3 * at]!, points[3 * at + 1]!, points[3 * at + 2]!] as const;
    const { x, y, depth } = turned(point, state.orientation);
    const opacity = depth >= 0 ? 1 : 0.4;
    return { x: middle.x + radius * x, y: middle.y - radius * y, opacity };
  };
  const circle = { cx: middle.x, cy: middle.y, r: radius };
  const marks: SVGElement[] = [
    svg("text", { x: left, y: top - 6, ...quiet }, "● audio ◆ text · drag to turn"),
    svg("circle", {
      ...circle,
      fill: theme.background,
      stroke: gridInk(theme),
      style: "cursor: grab",
      "data-part": "sphere",
    }),
  ];
  const still = { "pointer-events": "none" };
  for (let i = 0; i < state.size; i++) {
    const [a, t] = [place(i), place(n + i)];
    const ends = { x1: a.x, y1: a.y, x2: t.x, y2: t.y };
    marks.push(svg("line", { ...ends, ...still, stroke: theme.quiet, "stroke-opacity": 0.5 }));
  }
  for (let i = 0; i < state.size; i++) {
    const [a, t] = [place(i), place(n + i)];
    const isMarked = i === state.cursor.row;
    // Neither kind's colour, which the editor's focus may resemble.
    const ring = isMarked ? { stroke: theme.foreground, "stroke-width": 2 } : {};
    const audio = { cx: a.x, cy: a.y, r: 5, fill: strong, opacity: a.opacity };
    const text = { d: diamondPath(t, 5), fill: other, opacity: t.opacity };
    marks.push(svg("circle", { ...audio, ...still, ...ring, "data-part": "audio" }));
    marks.push(svg("path", { ...text, ...still, ...ring, "data-part": "text" }));
  }
  return marks;
}

/** The loss step by step, the line of everything on one point, and where the shown moment is. */
export function courseMarks(
  state: State,
  derived: Derived,
  layout: LossLayout,
  theme: Theme,
): SVGElement[] {
  const { training, collapseLoss } = state.figure;
  if (!training) return [];
  const { left, top, side } = courseOf(layout);
  const { strong, wrong } = dataColors(theme);
  const losses = decodeFloat16(training.losses);
  const low = Math.min(0, derived.loss, ...losses);
  const high = Math.max(collapseLoss, derived.loss, ...losses) * 1.05;
  const [plotLeft, width, height] = [left + 32, side - 32, side - 24];
  const px = (step: number): number => plotLeft + (step / Math.max(1, training.nSteps)) * width;
  const py = (loss: number): number => top + height * (1 - (loss - low) / (high - low));
  const quiet = { "font-size": 11, style: `fill: ${theme.quiet}` };
  const across = (y: number) => ({ x1: plotLeft, x2: plotLeft + width, y1: y, y2: y });
  const upright = (x: number) => ({ x1: x, x2: x, y1: top, y2: top + height });
  const line = Array.from(losses, (loss, i) => {
    const step = Math.min(training.nSteps, (i + 0.5) * training.stepsPerLoss);
    return `${px(step).toFixed(1)} ${py(loss).toFixed(1)}`;
  });
  const step = derived.snapshot?.step ?? 0;
  const ticks = niceTicks(low, high, 5);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 1);
  return [
    svg("text", { x: left, y: top - 6, ...quiet }, "loss of each batch, nats"),
    ...ticks.flatMap((value) => [
      svg("line", { ...across(py(value)), stroke: gridInk(theme), "stroke-width": 0.5 }),
      svg(
        "text",
        { x: plotLeft - 6, y: py(value) + 4, "text-anchor": "end", ...quiet },
        formatFixed(value, digits),
      ),
    ]),
    svg("line", {
      ...across(py(collapseLoss)),
      stroke: theme.foreground,
      "stroke-dasharray": "4 3",
      "data-part": "collapse-line",
    }),
    svg(
      "text",
      { x: plotLeft + width, y: py(collapseLoss) - 4, "text-anchor": "end", ...quiet },
      `one point ${formatFixed(collapseLoss, 2)}`,
    ),
    ...training.collapsedAt.map((at) =>
      svg("line", { ...upright(px(at)), stroke: wrong, "stroke-dasharray": "2 2" }),
    ),
    ...(line.length > 0
      ? [
          svg("path", {
            d: `M${line.join("L")}`,
            fill: "none",
            stroke: strong,
            "stroke-width": 1.5,
            "data-part": "course",
          }),
        ]
      : []),
    svg("line", { ...upright(px(step)), stroke: theme.focus }),
    svg("circle", { cx: px(step), cy: py(derived.loss), r: 4, fill: theme.focus }),
    svg("text", { x: plotLeft, y: top + side - 8, ...quiet }, "step 0"),
    svg(
      "text",
      { x: plotLeft + width, y: top + side - 8, "text-anchor": "end", ...quiet },
      String(training.nSteps),
    ),
  ];
}

/** The loss and its collapse line on one scale, from 0 (or the loss, where it is below) to a little above both. */
export function scaleMarks(
  { loss, collapseLoss }: Derived,
  layout: LossLayout,
  theme: Theme,
): SVGElement[] {
  const low = Math.min(0, loss);
  const high = Math.max(loss, collapseLoss) * 1.1 || 1;
  const width = layout.width - 12;
  const x = (value: number): number => 6 + ((value - low) / (high - low)) * width;
  const middle = layout.scaleTop + 24;
  const isLeft = x(loss) < layout.width / 2;
  const text = { "font-size": 12, style: `fill: ${theme.foreground}` };
  const quiet = { "font-size": 11, style: `fill: ${theme.quiet}` };
  const [lossX, lineX] = [x(loss), x(collapseLoss)];
  return [
    svg("line", { x1: 6, x2: 6 + width, y1: middle, y2: middle, stroke: theme.quiet }),
    svg("line", {
      x1: lineX,
      x2: lineX,
      y1: middle - 12,
      y2: middle + 12,
      stroke: theme.foreground,
      "stroke-dasharray": "4 3",
    }),
    svg("circle", { cx: lossX, cy: middle, r: 6, fill: theme.foreground, "data-part": "loss" }),
    svg(
      "text",
      { x: lossX, y: middle - 12, "text-anchor": isLeft ? "start" : "end", ...text },
      `loss ${formatFixed(loss, 2)} nats`,
    ),
    svg(
      "text",
      {
        x: lineX,
        y: middle + 26,
        "text-anchor": lineX > layout.width / 2 ? "end" : "start",
        ...quiet,
      },
      `everything on one point ${formatFixed(collapseLoss, 2)}`,
    ),
  ];
}
