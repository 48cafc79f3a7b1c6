/** How a sphere is turned towards who looks at it, in radians. */
export interface Orientation {
  readonly yaw: number;
  readonly pitch: number;
}

export const startOrientation: Orientation = { yaw: 0.6, pitch: 0.35 };

/** A point on the turned unit sphere: x to the right, y upwards, depth towards the viewer. */
export function turned(
  [x, y, z]: readonly [number, number, number],
  { yaw, pitch }: Orientation,
): { readonly x: number; readonly y: number; readonly depth: number } {
  const across = x * Math.cos(yaw) + z * Math.sin(yaw);
  const away = z * Math.cos(yaw) - x * Math.sin(yaw);
  return {
    x: across,
    y: y * Math.cos(pitch) - away * Math.sin(pitch),
    depth: away * Math.cos(pitch) + y * Math.sin(pitch),
  };
}
