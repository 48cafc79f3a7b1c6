import { measureText } from "../text/measureText.ts";
import type { Scene, TextMark } from "./scene.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Parts of an em above and below the baseline that ink of the bundled fonts fills. */
const above = 0.78;
const below = 0.22;

/** The four corners of a text mark on the canvas. */
export function textCorners(mark: TextMark): Point[] {
  const width = measureText(mark.text, mark.size, mark.weight);
  const left = -{ start: 0, middle: width / 2, end: width }[mark.anchor];
  const angle = (mark.rotate * Math.PI) / 180;
  const corners: [number, number][] = [
    [left, -above * mark.size],
    [left + width, -above * mark.size],
    [left + width, below * mark.size],
    [left, below * mark.size],
  ];
  return corners.map(([x, y]) => ({
    x: mark.x + x * Math.cos(angle) - y * Math.sin(angle),
    y: mark.y + x * Math.sin(angle) + y * Math.cos(angle),
  }));
}

/** Whether two turned boxes share any area (separating axes). */
export function boxesOverlap(a: readonly Point[], b: readonly Point[]): boolean {
  for (const box of [a, b]) {
    for (const [from, to] of [
      [box[0]!, box[1]!],
      [box[1]!, box[2]!],
    ] as const) {
      const axis = { x: to.x - from.x, y: to.y - from.y };
      const [aLow, aHigh] = shadow(a, axis);
      const [bLow, bHigh] = shadow(b, axis);
      if (aHigh <= bLow || bHigh <= aLow) return false;
    }
  }
  return true;
}

function shadow(box: readonly Point[], axis: Point): [number, number] {
  const along = box.map(({ x, y }) => x * axis.x + y * axis.y);
  return [Math.min(...along), Math.max(...along)];
}

/** Pairs of texts that lie on each other, and texts that leave the canvas: both are faults of a layout. */
export function layoutFaults(scene: Scene): string[] {
  const texts = scene.marks.filter((mark) => mark.kind === "text");
  const boxes = texts.map(textCorners);
  const faults: string[] = [];
  boxes.forEach((box, i) => {
    const name = JSON.stringify(texts[i]!.text);
    if (box.some(({ x, y }) => x < 0 || y < 0 || x > scene.width || y > scene.height)) {
      faults.push(`${name} leaves the canvas`);
    }
    for (let j = 0; j < i; j++) {
      if (boxesOverlap(box, boxes[j]!)) {
        faults.push(`${name} overlaps ${JSON.stringify(texts[j]!.text)}`);
      }
    }
  });
  return faults;
}
