import { categoryColors } from "../colour/categories.ts";
import { decodeFloat16 } from "../contract.ts";
import type { LossFigure } from "../contractLoss.ts";
import { formatFixed } from "../scale/numbers.ts";
import { decimalsOf, niceTicks } from "../scale/ticks.ts";
import { ink, line, type Mark, text, tickSize } from "../scene/scene.ts";

const leftRoom = 32;
const bottomRoom = 24;

/** The loss step by step, with the line of everything on one point. */
export function drawCourse(
  { training, collapseLoss }: LossFigure,
  x: number,
  y: number,
  side: number,
): Mark[] {
  if (!training) return [];
  const losses = decodeFloat16(training.losses);
  const low = Math.min(0, ...losses);
  const high = Math.max(collapseLoss, ...losses) * 1.05;
  const left = x + leftRoom;
  const [width, height] = [side - leftRoom, side - bottomRoom];
  const px = (step: number): number => left + (step / Math.max(1, training.nSteps)) * width;
  const py = (loss: number): number => y + height * (1 - (loss - low) / (high - low));
  const quiet = { size: tickSize, color: ink.quiet };
  const dashed = `dashed: one point ${formatFixed(collapseLoss, 2)}`;
  const marks: Mark[] = [text(x, y - 6, `loss of each batch; ${dashed}`, quiet)];
  const ticks = niceTicks(low, high, 5);
  const digits = decimalsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : 0.1);
  for (const value of ticks) {
    marks.push(line(left, py(value), left + width, py(value), ink.grid));
    marks.push(
      text(left - 6, py(value) + 4, formatFixed(value, digits), { ...quiet, anchor: "end" }),
    );
  }
  marks.push(line(left, py(collapseLoss), left + width, py(collapseLoss), ink.text, 1, "3 3"));
  for (const step of training.collapsedAt) {
    marks.push(line(px(step), y, px(step), y + height, categoryColors[5], 1, "2 2"));
  }
  if (losses.length > 0) {
    const d = Array.from(losses, (loss, i) => {
      const step = Math.min(training.nSteps, (i + 0.5) * training.stepsPerLoss);
      return `${px(step).toFixed(1)} ${py(loss).toFixed(1)}`;
    });
    marks.push({
      kind: "path",
      d: `M${d.join("L")}`,
      fill: "none",
      stroke: categoryColors[0],
      width: 1.5,
    });
  }
  marks.push(line(left, y + height, left + width, y + height));
  marks.push(text(left, y + side - 8, "step 0", quiet));
  marks.push(
    text(left + width, y + side - 8, String(training.nSteps), { ...quiet, anchor: "end" }),
  );
  return marks;
}
