import type { LossFigure } from "../contractLoss.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing } from "../scene/frame.ts";
import { ink, line, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import { matrixImage } from "../similarity/matrixImage.ts";
import { fitText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";
import { drawCourse } from "./drawCourse.ts";
import { drawSphere } from "./drawSphere.ts";
import { type Panel, panelsOf } from "./panels.ts";

const side = 240;
const gap = 24;
const maxLabel = 150;
const headHeight = 18;
const scaleHeight = 76;
/** Labels and outlined cells up to this many pairs. */
const maxNamed = 20;
const maxOutlined = 64;

/** A batch: critic and both softmaxes; a training: critic, sphere and loss curve. Below, the loss on its scale. */
export function drawLoss(figure: LossFigure): Drawing {
  if (figure.batchSize === 0) {
    return emptyDrawing("There are no pairs.", "contrastiveLoss(audio, text)");
  }
  const panels = panelsOf(figure);
  const named = figure.batchSize <= maxNamed;
  const left = drawingLeft + (named ? maxLabel + 8 : 0);
  const top = drawingTop + headHeight;
  const marks: Mark[] = named ? rowLabels(figure, left, top) : [];
  const place = (i: number): number => left + i * (side + gap);
  marks.push(...drawPanel(figure, panels[0], left, top));
  if (figure.training) {
    marks.push(...drawSphere(figure, place(1), top, side));
    marks.push(...drawCourse(figure, place(2), top, side));
  } else {
    marks.push(...drawPanel(figure, panels[1], place(1), top));
    marks.push(...drawPanel(figure, panels[2], place(2), top));
  }
  const width = place(2) + side - drawingLeft;
  const y = top + side + 44;
  marks.push(...drawScale(figure, left, y, width - (left - drawingLeft)));
  return { width, height: y + scaleHeight - drawingTop, marks };
}

function drawPanel(figure: LossFigure, panel: Panel, x: number, y: number): Mark[] {
  const n = figure.batchSize;
  const cell = side / n;
  const outlined: Mark[] =
    n <= maxOutlined
      ? Array.from({ length: n }, (_, i) =>
          rect(x + i * cell, y + i * cell, cell, cell, "none", ink.ground),
        )
      : [line(x, y, x + side, y + side, ink.ground, 1, "4 4")];
  const wrong = figure.falseNegatives.flatMap(({ i, j }) =>
    [
      [i, j],
      [j, i],
    ].map(
      ([row, column]): Mark => ({
        kind: "circle",
        x: x + (column! + 0.5) * cell,
        y: y + (row! + 0.5) * cell,
        radius: Math.max(1.5, Math.min(4, cell / 4)),
        fill: ink.ground,
        stroke: ink.text,
      }),
    ),
  );
  const style = { size: tickSize, color: ink.quiet };
  return [
    text(x, y - 6, fitText(panel.name, side, tickSize), style),
    {
      kind: "image",
      x,
      y,
      width: side,
      height: side,
      png: matrixImage(panel.values, n, n, panel.scale),
    },
    ...outlined,
    ...wrong,
    text(x, y + side + 14, `rows audio, columns text; ${rangeOf(panel)}`, style),
  ];
}

function rangeOf({ scale }: Panel): string {
  const [low, high] = scale.kind === "signed" ? ["blue", "red"] : ["black", "pale"];
  return `${low} ${formatFixed(scale.min, 1)}, ${high} ${formatFixed(scale.max, 1)}`;
}

function rowLabels({ audio, batchSize }: LossFigure, left: number, top: number): Mark[] {
  const cell = side / batchSize;
  return audio.labels.map((label, i) =>
    text(left - 8, top + (i + 0.5) * cell + 4, fitText(label, maxLabel, tickSize), {
      size: tickSize,
      anchor: "end",
    }),
  );
}

/** The loss and its collapse line, from 0 (or the loss, where it is below) to a little above both. */
function drawScale(
  { loss, collapseLoss }: LossFigure,
  x: number,
  y: number,
  width: number,
): Mark[] {
  const quiet = { size: tickSize, color: ink.quiet };
  const least = Math.min(0, loss);
  const most = Math.max(loss, collapseLoss, 0.1);
  const [low, high] = [least - (most - least) * 0.02, most + (most - least) * 0.04];
  const at = (value: number): number => x + ((value - low) / (high - low)) * width;
  const axis = y + 32;
  const ticks = niceTicks(low, high, 8);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.1);
  const ticked = ticks.flatMap((value): Mark[] => [
    line(at(value), axis, at(value), axis + 4),
    text(at(value), axis + 18, formatFixed(value, digits), { ...quiet, anchor: "middle" }),
  ]);
  const one = `everything on one point ${formatFixed(collapseLoss, 2)}`;
  const own = `loss ${formatFixed(loss, 2)}`;
  // Two lines of words: the marks may stand on one another.
  return [
    line(x, axis, x + width, axis),
    ...ticked,
    text(x, axis + 36, "nats", quiet),
    line(at(collapseLoss), axis - 8, at(collapseLoss), axis + 8, ink.text, 1, "3 3"),
    { kind: "circle", x: at(loss), y: axis, radius: 5, fill: ink.text },
    wordsAt(at(collapseLoss), y, one, ink.quiet),
    wordsAt(at(loss), y + 18, own, ink.text),
  ];

  function wordsAt(middle: number, baseline: number, words: string, color: string): Mark {
    const half = measureText(words, tickSize) / 2;
    const inside = Math.min(Math.max(middle, x + half), x + width - half);
    return text(inside, baseline, words, { size: tickSize, anchor: "middle", color });
  }
}
