/** Points `[n, 2]` moved and scaled, with one scale for both axes, into [−1, 1]; not finite becomes 0. */
export function fitPoints(points: Float32Array): Float32Array {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  points.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    low[i & 1] = Math.min(low[i & 1]!, value);
    high[i & 1] = Math.max(high[i & 1]!, value);
  });
  const half = Math.max(high[0]! - low[0]!, high[1]! - low[1]!) / 2 || 1;
  return points.map((value, i) => {
    const middle = (low[i & 1]! + high[i & 1]!) / 2;
    return Number.isFinite(value) ? (value - middle) / half : 0;
  });
}
