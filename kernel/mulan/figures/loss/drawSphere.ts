import { categoryColors } from "../colour/categories.ts";
import { decodeFloat16 } from "../contract.ts";
import type { LossFigure } from "../contractLoss.ts";
import { diamondPath } from "../scene/diamond.ts";
import { ink, line, type Mark, text, tickSize } from "../scene/scene.ts";
import { startOrientation, turned } from "./sphere.ts";

/** Audio as discs, text as diamonds, a line between the two of a pair; what is behind is paler. */
export function drawSphere(
  { training, batchSize }: LossFigure,
  x: number,
  y: number,
  side: number,
): Mark[] {
  const style = { size: tickSize, color: ink.quiet };
  const title = text(x, y - 6, "● audio, ◆ text, pairs joined", style);
  if (!training?.points) {
    return [text(x, y + 14, "no sphere: points have other than 3 numbers", style)];
  }
  const all = decodeFloat16(training.points);
  const last = all.subarray(all.length - 2 * batchSize * 3);
  const middle = { x: x + side / 2, y: y + side / 2 };
  const radius = side / 2 - 6;
  const place = (at: number) => {
    const point = turned([last[3 * at]!, last[3 * at + 1]!, last[3 * at + 2]!], startOrientation);
    return { x: middle.x + radius * point.x, y: middle.y - radius * point.y, depth: point.depth };
  };
  const marks: Mark[] = [
    title,
    { kind: "circle", ...middle, radius, fill: "none", stroke: ink.grid },
  ];
  for (let i = 0; i < batchSize; i++) {
    const [audio, words] = [place(i), place(batchSize + i)];
    marks.push(line(audio.x, audio.y, words.x, words.y, ink.grid));
  }
  for (let i = 0; i < batchSize; i++) {
    const [audio, words] = [place(i), place(batchSize + i)];
    const [front, back] = [audio.depth >= 0, words.depth >= 0];
    marks.push({
      kind: "circle",
      x: audio.x,
      y: audio.y,
      radius: 4,
      fill: front ? categoryColors[0] : "#9ecae1",
    });
    const fill = back ? categoryColors[5] : "#f4c7a1";
    marks.push({ kind: "path", d: diamondPath(words, 4), fill });
  }
  return marks;
}
