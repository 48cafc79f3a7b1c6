/** Places in px; the page, a saved picture and the tests use the same. */
export interface LossLayout {
  readonly width: number;
  readonly height: number;
  /** 0 where rows are not named. */
  readonly labelWidth: number;
  readonly matrix: Square;
  /** Beside the matrix, or below it where there is no room. */
  readonly aside: { readonly left: number; readonly top: number; readonly width: number };
  /** Of a training: sphere and course stand side by side, each so wide. */
  readonly asideSide: number;
  readonly scaleTop: number;
}

export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

const narrowPx = 620;
const gap = 24;
const headPx = 20;
const notePx = 20;
const scalePx = 60;
const maxNamed = 24;

export function layoutLoss(width: number, size: number, isTraining: boolean): LossLayout {
  const narrow = width < narrowPx;
  const labelWidth = !narrow && size <= maxNamed ? Math.min(160, Math.floor(width * 0.17)) : 0;
  const left = labelWidth > 0 ? labelWidth + 8 : 0;
  const side = Math.floor(Math.min(360, narrow ? width : (width - left) * 0.46));
  const matrix = { left, top: headPx, side };
  const below = headPx + side + notePx;
  const aside = narrow
    ? { left: 0, top: below + headPx, width }
    : { left: left + side + gap, top: headPx, width: width - left - side - gap };
  const asideSide = Math.floor(Math.min(360, (aside.width - gap) / 2));
  const scaleTop = narrow && isTraining ? aside.top + asideSide + notePx : below + 12;
  return {
    width,
    height: scaleTop + scalePx,
    labelWidth,
    matrix,
    aside,
    asideSide,
    scaleTop,
  };
}

/** The cell of the matrix under a place. */
export function cellAt(
  { matrix }: LossLayout,
  size: number,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } | undefined {
  const column = Math.floor(((x - matrix.left) / matrix.side) * size);
  const row = Math.floor(((y - matrix.top) / matrix.side) * size);
  const inside = (value: number): boolean => value >= 0 && value < size;
  return inside(row) && inside(column) ? { row, column } : undefined;
}

/** Where the sphere is. */
export function sphereOf({ aside, asideSide }: LossLayout): Square {
  return { left: aside.left, top: aside.top, side: asideSide };
}

export function courseOf({ aside, asideSide }: LossLayout): Square {
  return { left: aside.left + asideSide + gap, top: aside.top, side: asideSide };
}
