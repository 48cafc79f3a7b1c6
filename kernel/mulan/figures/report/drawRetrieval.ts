import type { RetrievalFigure } from "../contractReport.ts";
import { formatCount } from "../scale/numbers.ts";
import { niceTicks } from "../scale/ticks.ts";
import { type Mark, rect, text, tickSize } from "../scene/scene.ts";
import { joinPanels, type Panel, type Pen, type Room } from "./pen.ts";
import { drawPlot, logAxis, pathThrough, stroke, unitAxis } from "./plot.ts";

const gap = 24;
const plotHeight = 140;

/** Recall by place with chance, and where the first relevant clip stands. */
export function drawRetrieval(pen: Pen, figure: RetrievalFigure, room: Room): Panel {
  const { left, top, width } = room;
  if (figure.nQueries === 0 || figure.nItems === 0) return { marks: [], hits: [], height: 0 };
  const beside = width >= 520;
  const each = beside ? (width - gap) / 2 : width;
  const recall = drawRecall(pen, figure, { left, top, width: each });
  const at = beside ? { left: left + each + gap, top } : { left, top: top + recall.height + 8 };
  const ranks = drawRanks(pen, figure, { ...at, width: each });
  return joinPanels(top, [
    { ...recall, top },
    { ...ranks, top: at.top },
  ]);
}

function drawRecall(pen: Pen, { recall, nItems }: RetrievalFigure, room: Room): Panel {
  const { ink } = pen;
  const decades = [1, 10, 100, 1000, 10_000, 100_000].filter((k) => k <= nItems);
  const ticks = [...decades, 5].map((value) => ({ value, label: formatCount(value) }));
  const plot = drawPlot(pen, room, {
    title: "Recall at k",
    note: "dashed: chance",
    x: logAxis(
      "k (log)",
      1,
      Math.max(2, nItems),
      ticks.sort((a, b) => a.value - b.value),
    ),
    y: unitAxis("share of queries"),
    height: plotHeight,
  });
  const through = (value: (step: RetrievalFigure["recall"][number]) => number): string =>
    pathThrough(recall.map((step) => [plot.x(step.k), plot.y(value(step))]));
  const marks: Mark[] = [
    ...plot.marks,
    ...dashed(
      recall.map(({ k, chance }) => [plot.x(k), plot.y(chance)] as const),
      ink.quiet,
    ),
    stroke(
      through(({ share }) => share),
      ink.strong,
    ),
  ];
  for (const { k, share } of recall) {
    if (k !== 1 && k !== 5 && k !== 10) continue;
    marks.push({ kind: "circle", x: plot.x(k), y: plot.y(share), radius: 4, fill: ink.strong });
  }
  return { marks, hits: [], height: plot.totalHeight };
}

/** Paths carry no dashes in a scene: short lines along the points. */
function dashed(points: readonly (readonly [number, number])[], color: string): Mark[] {
  return points.slice(1).map(([x2, y2], i) => {
    const [x1, y1] = points[i]!;
    return { kind: "line", x1, y1, x2, y2, stroke: color, width: 1.5, dash: "3 3" };
  });
}

function drawRanks(pen: Pen, { ranks, nQueries }: RetrievalFigure, room: Room): Panel {
  const { ink } = pen;
  const most = Math.max(1, ...ranks.map(({ n }) => n));
  const nBins = Math.max(1, ranks.length);
  const ticks = ranks.map(({ from, to }, i) => ({
    value: i + 0.5,
    label:
      from === to
        ? "1"
        : `${formatCount(from)}–${ranks.length > 6 && from > 8 ? "" : formatCount(to)}`,
  }));
  const counts = niceTicks(0, most, 4).filter(Number.isInteger);
  const plot = drawPlot(pen, room, {
    title: "First relevant clip",
    x: { name: "place (bins double)", place: (value) => value / nBins, ticks },
    y: {
      name: `of ${formatCount(nQueries)} queries`,
      place: (value) => value / (1.1 * most),
      ticks: counts.map((value) => ({ value, label: formatCount(value) })),
    },
    height: plotHeight,
  });
  const barWidth = (plot.width / nBins) * 0.8;
  const bars: Mark[] = ranks.flatMap(({ n }, i) => {
    if (n === 0) return [];
    const x = plot.x(i + 0.5) - barWidth / 2;
    const count = formatCount(n);
    const wide = pen.measure(count, tickSize) < plot.width / nBins;
    const style = { size: tickSize, anchor: "middle", color: ink.text } as const;
    return [
      rect(x, plot.y(n), barWidth, plot.y(0) - plot.y(n), i === 0 ? ink.strong : ink.weak),
      ...(wide ? [text(plot.x(i + 0.5), plot.y(n) - 4, count, style)] : []),
    ];
  });
  return { marks: [...plot.marks, ...bars], hits: [], height: plot.totalHeight };
}
