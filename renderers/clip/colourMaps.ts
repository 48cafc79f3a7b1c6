import {
  type ColorScale,
  clampUnit,
  magma,
  type Rgb,
} from "../../kernel/mulan/figures/contractLook.ts";

/** Ten evenly spaced colours of viridis (matplotlib, CC0), lowest first. */
const viridisStops: readonly Rgb[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

/** Loud is light on dark, as in the others. */
function grey(position: number): Rgb {
  const value = Math.round(255 * clampUnit(position));
  return [value, value, value];
}

export const colourMaps = {
  magma,
  viridis: (position) => between(viridisStops, position),
  grey,
} satisfies Record<string, ColorScale>;

export type ColourMapName = keyof typeof colourMaps;

function between(stops: readonly Rgb[], position: number): Rgb {
  const at = clampUnit(position) * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(at));
  const [from, to] = [stops[i]!, stops[i + 1]!];
  const mix = (k: 0 | 1 | 2): number => Math.round(from[k] + (to[k] - from[k]) * (at - i));
  return [mix(0), mix(1), mix(2)];
}
