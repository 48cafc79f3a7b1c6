const z = 1.959964;

/** Wilson's 95 % interval of a share (Wilson 1927): stays inside [0, 1] and fits small n. */
export function wilsonInterval(right: number, n: number): [number, number] {
  if (n === 0) return [0, 1];
  const share = right / n;
  const center = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (center - half) / scale), Math.min(1, (center + half) / scale)];
}
