export interface PlacedLabel {
  readonly index: number;
  /** Left end of the baseline. */
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const maxTried = 600;
/** Of the points of a still picture. */
const usualGap = 7;

/**
 * Gives labels, of which the widths in px are known, to as many points as have room: right, left, above or below their point, clear of other
 * labels, of points and of the border. Points in order; where there are many, evenly chosen ones.
 */
export function placeLabels(
  widths: readonly number[],
  points: readonly { readonly x: number; readonly y: number }[],
  size: number,
  border: Box,
  gap = usualGap,
): PlacedLabel[] {
  const taken: Box[] = [];
  const placed: PlacedLabel[] = [];
  const stride = Math.max(1, Math.ceil(points.length / maxTried));
  for (let index = 0; index < points.length; index += stride) {
    const { x, y } = points[index]!;
    const width = widths[index]!;
    if (width === 0) continue;
    const baselines = [
      { x: x + gap, y: y + 0.36 * size },
      { x: x - gap - width, y: y + 0.36 * size },
      { x: x - width / 2, y: y - gap },
      { x: x - width / 2, y: y + gap + 0.8 * size },
    ];
    for (const baseline of baselines) {
      const box = {
        left: baseline.x - 1,
        top: baseline.y - 0.8 * size,
        right: baseline.x + width + 1,
        bottom: baseline.y + 0.25 * size,
      };
      const inside =
        box.left >= border.left &&
        box.right <= border.right &&
        box.top >= border.top &&
        box.bottom <= border.bottom;
      if (!inside || taken.some((other) => overlap(box, other))) continue;
      if (points.some((point, i) => i !== index && contains(box, point.x, point.y))) continue;
      taken.push(box);
      placed.push({ index, ...baseline });
      break;
    }
  }
  return placed;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** With the radius of a point around it. */
function contains(box: Box, x: number, y: number): boolean {
  return x > box.left - 4 && x < box.right + 4 && y > box.top - 4 && y < box.bottom + 4;
}
