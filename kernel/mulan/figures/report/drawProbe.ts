import type { ProbeFigure } from "../contractReport.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { line, type Mark } from "../scene/scene.ts";
import { joinPanels, type Panel, type Pen, type Room } from "./pen.ts";
import { type Axis, drawPlot, logAxis, pathThrough, stroke } from "./plot.ts";

const gap = 24;
const plotHeight = 132;

/** How the strength of L2 was chosen, and what a probe does with few examples. */
export function drawProbe(pen: Pen, figure: ProbeFigure, room: Room): Panel {
  const { left, top, width } = room;
  const hasFew = figure.fewShot.length > 0;
  const hasTried = figure.triedC.length > 0;
  if (!hasFew && !hasTried) return { marks: [], hits: [], height: 0 };
  const beside = hasFew && hasTried && width >= 520;
  const each = beside ? (width - gap) / 2 : Math.min(width, 520);
  const placed: (Panel & { top: number })[] = [];
  if (hasTried) {
    const at = { left, top, width: each };
    placed.push({ ...drawValidation(pen, figure, at), top });
  }
  if (hasFew) {
    const below = top + (placed[0] ? placed[0].height + 8 : 0);
    const at = beside ? { left: left + each + gap, top } : { left, top: below };
    placed.push({ ...drawFewShot(pen, figure, { ...at, width: each }), top: at.top });
  }
  return joinPanels(top, placed);
}

function drawValidation(pen: Pen, { triedC, chosenC }: ProbeFigure, room: Room): Panel {
  const { ink } = pen;
  const sorted = [...triedC].sort((a, b) => a.c - b.c);
  const values = sorted.map(({ rocAuc }) => rocAuc);
  const low = sorted[0]!.c;
  const high = sorted.at(-1)!.c;
  const [from, to] = high > low ? [low / 1.3, high * 1.3] : [low / 2, low * 2];
  const ticks = sorted.map(({ c }) => ({ value: c, label: shortNumber(c) }));
  const plot = drawPlot(pen, room, {
    title: "L2 chosen on validation",
    note: `C = ${shortNumber(chosenC)}`,
    x: logAxis("C (log)", from, to, ticks),
    y: zoomedAxis("validation ROC-AUC", values),
    height: plotHeight,
  });
  const path = sorted.map(({ c, rocAuc }) => [plot.x(c), plot.y(rocAuc)] as const);
  const marks: Mark[] = [...plot.marks, stroke(pathThrough(path), ink.weak)];
  for (const { c, rocAuc } of sorted) {
    const chosen = c === chosenC;
    const [x, y] = [plot.x(c), plot.y(rocAuc)];
    if (chosen) marks.push(line(x, plot.top, x, plot.top + plot.height, ink.axis, 1, "3 3"));
    marks.push({
      kind: "circle",
      x,
      y,
      radius: chosen ? 5 : 3.5,
      fill: chosen ? ink.strong : ink.ground,
      stroke: ink.strong,
    });
  }
  return { marks, hits: [], height: plot.totalHeight };
}

function drawFewShot(pen: Pen, { fewShot, fewShotBy, measures }: ProbeFigure, room: Room): Panel {
  const { ink } = pen;
  const sorted = [...fewShot].sort((a, b) => a.nPerLabel - b.nPerLabel);
  const whole = measures.find(({ name }) => name === "rocAuc");
  const ends = sorted.flatMap(({ interval }) => [...interval]);
  const low = sorted[0]!.nPerLabel;
  const high = sorted.at(-1)!.nPerLabel;
  const ticks = sorted.map(({ nPerLabel }) => ({
    value: nPerLabel,
    label: shortNumber(nPerLabel),
  }));
  const plot = drawPlot(pen, room, {
    title: "Few examples",
    note: `${whole ? `dashed: all examples ${formatFixed(whole.value, 3)}; ` : ""}95 % over seeds`,
    x: logAxis(
      `${fewShotBy === "group" ? "groups" : "positives"} a label (log)`,
      low / 1.3,
      high * 1.3,
      ticks,
    ),
    y: zoomedAxis("ROC-AUC", [...ends, ...(whole ? [whole.value] : [])]),
    height: plotHeight,
  });
  const path = sorted.map(({ nPerLabel, rocAuc }) => [plot.x(nPerLabel), plot.y(rocAuc)] as const);
  const marks: Mark[] = [...plot.marks];
  if (whole) {
    const y = plot.y(whole.value);
    marks.push(line(plot.left, y, plot.left + plot.width, y, ink.axis, 1, "3 3"));
  }
  for (const { nPerLabel, interval } of sorted) {
    const x = plot.x(nPerLabel);
    marks.push(line(x, plot.y(interval[0]), x, plot.y(interval[1]), ink.strong, 2));
  }
  marks.push(stroke(pathThrough(path), ink.strong, 1.5));
  for (const [x, y] of path) marks.push({ kind: "circle", x, y, radius: 3.5, fill: ink.strong });
  return { marks, hits: [], height: plot.totalHeight };
}

/** Only where the values are: differences of a hundredth are what these curves are about. Ticks say so. */
function zoomedAxis(name: string, values: readonly number[]): Axis {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const pad = Math.max(0.01, 0.15 * (most - least));
  const [low, high] = [Math.max(0, least - pad), Math.min(1, most + pad)];
  const ticks = niceTicks(low, high, 4);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.1);
  return {
    name,
    place: (value) => (value - low) / (high - low),
    ticks: ticks.map((value) => ({ value, label: formatFixed(value, digits) })),
  };
}

function shortNumber(value: number): string {
  if (value >= 0.001 && value < 10_000) return String(Number(value.toPrecision(3)));
  return value.toExponential(0).replace("e+", "e").replace("-", "\u2212");
}
