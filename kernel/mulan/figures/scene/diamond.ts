// The mark of a text beside a sound's disc, in every figure.

/** Half of a diamond's diagonal, beside a disc of this radius: of about its area. */
export function diamondReach(radius: number): number {
  return 1.3 * radius;
}

/** SVG path data of a diamond around a point. */
export function diamondPath({ x, y }: { x: number; y: number }, radius: number): string {
  const reach = diamondReach(radius);
  const [left, right, top, bottom] = [x - reach, x + reach, y - reach, y + reach].map((px) =>
    px.toFixed(1),
  );
  const [middleX, middleY] = [x.toFixed(1), y.toFixed(1)];
  return `M${middleX} ${top}L${right} ${middleY}L${middleX} ${bottom}L${left} ${middleY}Z`;
}
