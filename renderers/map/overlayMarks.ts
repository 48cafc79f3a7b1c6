import { textMeasure } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";
import type { Colouring } from "./colours.ts";
import { groupMiddles, type Size } from "./geometry.ts";
import { groupNames, type PlacedPoint, pointNames, ring } from "./overlay.ts";

/** Points that are looked at for names, and of these in sight those that are given room. */
const maxLookedAt = 20_000;
const maxNamed = 600;
const maxRinged = 500;

export interface OverlayState {
  /** As drawn before zoom, `[n, 2]`. */
  readonly plot: Float32Array;
  readonly size: Size;
  readonly colours: Colouring;
  readonly labels: readonly string[];
  /** Only points whose label has it are named. */
  readonly sought: string;
  /** Where a point is now; undefined out of sight. */
  readonly placeOf: (index: number) => { readonly x: number; readonly y: number } | undefined;
  readonly selected: readonly number[];
  readonly sounding: number | undefined;
  /** The point that the keys act on, while they do. */
  readonly cursor: number | undefined;
  readonly theme: Theme;
}

/** What stands above the dots: names of groups or else of points, rings around those that are meant. */
export function overlayMarks(state: OverlayState): SVGElement[] {
  const { colours, selected, sounding, cursor, theme } = state;
  const ringed = (index: number | undefined, color: string, radius: number): SVGElement[] => {
    const at = index === undefined ? undefined : state.placeOf(index);
    return at ? [ring(at, color, radius)] : [];
  };
  return [
    ...(colours.names.length > 0 ? namesOfGroups(state) : namesOfPoints(state)),
    // A colour alone may be that of a group as well.
    ...(selected.length > maxRinged ? [] : selected).flatMap((i) => ringed(i, theme.accent, 7)),
    ...ringed(sounding, theme.focus, 12),
    ...ringed(cursor, theme.foreground, 7),
  ];
}

function namesOfPoints({ size, colours, labels, sought, placeOf, theme }: OverlayState) {
  const candidates: PlacedPoint[] = [];
  const step = Math.max(1, Math.ceil(labels.length / maxLookedAt));
  for (let index = 0; index < labels.length; index += step) {
    if (sought !== "" && colours.of[index] !== 0) continue;
    const at = placeOf(index);
    if (!at || at.x < 0 || at.y < 0 || at.x > size.width || at.y > size.height) continue;
    candidates.push({ index, ...at });
  }
  const stride = Math.max(1, Math.ceil(candidates.length / maxNamed));
  const placed = candidates.filter((_, k) => k % stride === 0);
  return pointNames(placed, labels, size, theme, textMeasure(theme.fontFamily));
}

function namesOfGroups({ plot, size, colours, placeOf, theme }: OverlayState): SVGElement[] {
  const found = groupMiddles(plot, colours.of, colours.names.length).flatMap((index, i) => {
    const at = placeOf(index);
    return at ? [{ ...at, name: colours.names[i]! }] : [];
  });
  const inside = found.filter(({ x, y }) => x > 0 && y > 0 && x < size.width && y < size.height);
  return groupNames(inside, theme, textMeasure(theme.fontFamily), size);
}
