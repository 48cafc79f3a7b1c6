export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Px around the outermost points. */
const pad = 24;

/**
 * Points `[n, 2]` moved and scaled, alike on both axes, so that they fill a plot whose height spans −1 to 1 and whose
 * width spans −width/height to width/height.
 */
export function fillPlot(points: Float32Array, { width, height }: Size): Float32Array {
  const range = [0, 1].map((axis) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i]!);
      high = Math.max(high, points[i]!);
    }
    return { middle: (low + high) / 2, span: high - low };
  });
  const [x, y] = [range[0]!, range[1]!];
  const roomX = (2 * (width - 2 * pad)) / height;
  const roomY = (2 * (height - 2 * pad)) / height;
  const scale = Math.min(roomX / (x.span || 1e-9), roomY / (y.span || 1e-9), 1e6);
  return points.map((value, i) => (value - (i & 1 ? y.middle : x.middle)) * scale);
}

/** From the plot's coordinates to px, before anybody zooms. */
export function toPx(
  plot: Float32Array,
  index: number,
  { width, height }: Size,
): { x: number; y: number } {
  return {
    x: width / 2 + (plot[2 * index]! * height) / 2,
    y: (height / 2) * (1 - plot[2 * index + 1]!),
  };
}

/** The nearest point in a direction (an arrow key): what lies aside counts double. */
export function nextPoint(
  plot: Float32Array,
  from: number,
  direction: readonly [number, number],
): number | undefined {
  const [dx, dy] = direction;
  let best: number | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let i = 0; i < plot.length / 2; i++) {
    const x = plot[2 * i]! - plot[2 * from]!;
    const y = plot[2 * i + 1]! - plot[2 * from + 1]!;
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (i === from || along <= 0 || aside > 2 * along) continue;
    const cost = along + 2 * aside;
    if (cost < bestCost) {
      best = i;
      bestCost = cost;
    }
  }
  return best;
}

/** Dots get smaller as they get more. */
export function dotSize(n: number): number {
  return n <= 200 ? 9 : n <= 2000 ? 6 : n <= 20_000 ? 4 : 3;
}

/** The point of each group `[nGroups]` nearest to its middle; the median is not moved by a few strays. */
export function groupMiddles(plot: Float32Array, of: Uint8Array, nGroups: number): number[] {
  const members = Array.from({ length: nGroups }, () => [] as number[]);
  of.forEach((group, i) => {
    members[group]?.push(i);
  });
  return members.map((indices) => {
    const x = median(indices.map((i) => plot[2 * i]!));
    const y = median(indices.map((i) => plot[2 * i + 1]!));
    const distance = (i: number): number => Math.hypot(plot[2 * i]! - x, plot[2 * i + 1]! - y);
    return indices.reduce((best, i) => (distance(i) < distance(best) ? i : best), indices[0]!);
  });
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
